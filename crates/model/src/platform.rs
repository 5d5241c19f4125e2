//! Which platforms there are, by id and name. Their rules stand in [`super::platforms`].

macro_rules! platforms {
    ($($(#[$doc:meta])* $variant:ident = $id:literal, $name:literal;)*) => {
        /// Every platform. One more is a line here, a file of rules and its price rows.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Platform { $($(#[$doc])* $variant),* }

        impl Platform {
            /// Every platform, in the order of the list.
            pub const ALL: [Self; [$($id),*].len()] = [$(Self::$variant),*];

            /// Its name in scenario and result files.
            pub const fn id(self) -> &'static str {
                match self { $(Self::$variant => $id),* }
            }

            /// Its name.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }
        }
    };
}

platforms! {
    /// Google Cloud Run.
    CloudRun = "cloud-run", "Cloud Run";
    /// AWS Fargate on ECS.
    Fargate = "fargate", "AWS Fargate";
    /// Amazon ECS Express Mode.
    EcsExpress = "ecs-express", "ECS Express Mode";
    /// AWS App Runner, closed to new customers.
    AppRunner = "app-runner", "AWS App Runner";
    /// Azure Container Apps.
    ContainerApps = "container-apps", "Azure Container Apps";
    /// Fly.io Machines.
    Fly = "fly", "Fly.io";
    /// Railway.
    Railway = "railway", "Railway";
    /// Render.
    Render = "render", "Render";
    /// Amazon EKS with managed nodes.
    Eks = "eks", "Amazon EKS";
    /// Amazon EKS Auto Mode.
    EksAuto = "eks-auto", "EKS Auto Mode";
    /// Amazon EKS on Fargate.
    EksFargate = "eks-fargate", "EKS on Fargate";
    /// GKE Standard.
    Gke = "gke", "GKE Standard";
    /// GKE Autopilot.
    GkeAutopilot = "gke-autopilot", "GKE Autopilot";
    /// Azure Kubernetes Service, Standard tier.
    Aks = "aks", "Azure AKS";
    /// AKS Automatic.
    AksAutomatic = "aks-automatic", "AKS Automatic";
}

impl Platform {
    /// The platform of that id.
    pub fn find(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|platform| platform.id() == id)
    }
}

/// The choices of where a team is today: nowhere, or on a platform; name in files and label.
pub const CHOICES: [(&str, &str); Platform::ALL.len() + 1] = {
    let mut choices = [("nothing", "Nothing yet"); Platform::ALL.len() + 1];
    let mut n = 0;
    while n < Platform::ALL.len() {
        choices[n + 1] = (Platform::ALL[n].id(), Platform::ALL[n].name());
        n += 1;
    }
    choices
};
