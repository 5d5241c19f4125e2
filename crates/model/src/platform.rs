//! The registry of platforms. A line is a platform: its file of rules, its vendor, its id and its names.

use crate::vendor::Vendor;

/// Calls `$with!` with every platform: doc, variant, file in `platforms/`, vendor, id, name, and name where there is little
/// room. The charts take colours from this order, so that a new platform goes to the end.
macro_rules! all_platforms {
    ($with:ident) => {
        $with! {
            /// Google Cloud Run.
            CloudRun = cloud_run, GoogleCloud, "cloud-run", "Cloud Run", "Cloud Run";
            /// AWS Fargate on ECS.
            Fargate = fargate, Aws, "fargate", "AWS Fargate", "Fargate";
            /// Amazon ECS Express Mode.
            EcsExpress = ecs_express, Aws, "ecs-express", "ECS Express Mode", "ECS Express";
            /// AWS App Runner, closed to new customers.
            AppRunner = app_runner, Aws, "app-runner", "AWS App Runner", "App Runner";
            /// Azure Container Apps.
            ContainerApps = container_apps, Azure, "container-apps", "Azure Container Apps", "Container Apps";
            /// Fly.io Machines.
            Fly = fly, Fly, "fly", "Fly.io", "Fly.io";
            /// Railway.
            Railway = railway, Railway, "railway", "Railway", "Railway";
            /// Render.
            Render = render, Render, "render", "Render", "Render";
            /// Amazon EKS with managed nodes.
            Eks = eks, Aws, "eks", "Amazon EKS", "EKS";
            /// Amazon EKS Auto Mode.
            EksAuto = eks_auto, Aws, "eks-auto", "EKS Auto Mode", "EKS Auto";
            /// Amazon EKS on Fargate.
            EksFargate = eks_fargate, Aws, "eks-fargate", "EKS on Fargate", "EKS Fargate";
            /// GKE Standard.
            Gke = gke, GoogleCloud, "gke", "GKE Standard", "GKE";
            /// GKE Autopilot.
            GkeAutopilot = gke_autopilot, GoogleCloud, "gke-autopilot", "GKE Autopilot", "Autopilot";
            /// Azure Kubernetes Service, Standard tier.
            Aks = aks, Azure, "aks", "Azure AKS", "AKS";
            /// AKS Automatic.
            AksAutomatic = aks_automatic, Azure, "aks-automatic", "AKS Automatic", "AKS Automatic";
            /// Amazon ECS on EC2.
            EcsEc2 = ecs_ec2, Aws, "ecs-ec2", "ECS on EC2", "ECS on EC2";
            /// Amazon ECS Managed Instances.
            EcsManaged = ecs_managed, Aws, "ecs-managed", "ECS Managed Instances", "ECS Managed";
        }
    };
}
pub(crate) use all_platforms;

macro_rules! as_enum {
    ($($(#[$doc:meta])* $variant:ident = $file:ident, $vendor:ident, $id:literal, $name:literal, $short:literal;)*) => {
        /// Every platform. Their rules stand in [`platforms`](crate::platforms).
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

            /// Its name where there is little room.
            pub const fn short_name(self) -> &'static str {
                match self { $(Self::$variant => $short),* }
            }

            /// Who sends its bill.
            pub const fn vendor(self) -> Vendor {
                match self { $(Self::$variant => Vendor::$vendor),* }
            }
        }
    };
}
all_platforms!(as_enum);

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
