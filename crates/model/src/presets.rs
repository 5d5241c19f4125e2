//! The article's worked situations, by name: their inputs, what the article says, and why our figure may differ.
//!
//! The article is "Serverless Containers vs Kubernetes". Inputs that it does not give are the defaults.

use super::inputs::{Gpu, Inputs, Isolation};

/// A worked situation.
#[derive(Clone, Copy)]
pub struct Preset {
    /// Its name in links.
    pub id: &'static str,
    /// Its name on the page.
    pub name: &'static str,
    /// What it sets apart from the defaults.
    set: fn(&mut Inputs),
}

impl std::fmt::Debug for Preset {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.id)
    }
}

impl Preset {
    /// Its inputs.
    pub fn inputs(&self) -> Inputs {
        let mut inputs = Inputs::default();
        (self.set)(&mut inputs);
        inputs.clamp_dependents();
        inputs
    }

    /// The preset of that name.
    pub fn find(id: &str) -> Option<&'static Self> {
        PRESETS.iter().find(|preset| preset.id == id)
    }
}

/// What the article says of a situation.
#[derive(Clone, Copy, Debug)]
pub struct Claim {
    /// Its words in short, with the section.
    pub claim: &'static str,
    /// Why our figure or advice differs, or that it does not.
    pub difference: &'static str,
}

/// Two tables of one list: the texts are long, and the page gives its first answer without them.
macro_rules! presets {
    ($(Preset { id: $id:literal, name: $name:literal, claim: $claim:literal, difference: $difference:literal, set: $set:expr, },)*) => {
        /// All of them, in the order of the article.
        pub static PRESETS: &[Preset] = &[$(Preset { id: $id, name: $name, set: $set }),*];

        /// What the article says of each of [`PRESETS`], in that order.
        pub static CLAIMS: &[Claim] = &[$(Claim { claim: $claim, difference: $difference }),*];
    };
}

presets! {
    Preset {
        id: "one-microservice",
        name: "One microservice",
        claim: "10 million requests of 50 ms cost $30 to $40 of compute on Cloud Run. A shared EKS cluster with two m5.large \
                costs $140 for nodes and about $70 for the control plane, before monitoring and people (The Cost Modeling \
                You Should Actually Do).",
        difference: "The article rounds each request up to 100 ms and leaves out the free tier. Requests that overlap share \
                     an interval, so we bill less; whether each interval is rounded up is not published. Control plane and \
                     nodes match.",
        set: |_| {},
    },
    Preset {
        id: "api-platform",
        name: "API platform",
        claim: "Three services with 50 million requests a month moved from EKS at $4,200 to Cloud Run at $800, and two \
                engineer-weeks a month came back (When Managed Platforms Win, API services and web backends).",
        difference: "Our EKS is sized for the load. $4,200 is a cluster of some nine m5.xlarge with NAT, load balancers and \
                     logs, most of it idle. Our Cloud Run is about $210 for the load as given; $800 is the price of three \
                     instances of 2 vCPU and 4 GiB kept warm for each service. The hours match: 18.6 a week on EKS by \
                     the article's measure. The move is right; with the data on AWS, staying on AWS without Kubernetes saves \
                     nearly as much.",
        set: |i| {
            i.http.requests_per_month = 5e7;
            i.http.latency_ms = 120.0;
            i.http.cpu_ms = 30.0;
            i.services = 3;
            i.already_on = Some(super::platform::Platform::Eks);
            i.team.engineers = 8;
            i.team.fluent = 3;
        },
    },
    Preset {
        id: "small-api",
        name: "Small API under $50",
        claim: "APIs that handle millions of requests a month run for under $50 on Cloud Run (What Serverless Containers \
                Actually Are).",
        difference: "Ours is under $50 too, with traffic to clients and logs.",
        set: |i| {
            i.http.requests_per_month = 5e6;
            i.http.latency_ms = 100.0;
            i.instance.memory_gib = 0.5;
        },
    },
    Preset {
        id: "nightly-batch",
        name: "Nightly batch",
        claim: "A nightly job of 30 minutes costs almost nothing on Cloud Run, and 24 hours of nodes on Kubernetes (When \
                Managed Platforms Win, Workloads with spiky or unpredictable traffic).",
        difference: "We agree: the free tier covers the job. A cluster costs its fee and its nodes all day.",
        set: |i| {
            i.http.requests_per_month = 0.0;
            i.jobs.runs_per_month = 30.0;
            i.jobs.minutes = 30.0;
            i.jobs.vcpu = 2.0;
            i.jobs.memory_gib = 4.0;
        },
    },
    Preset {
        id: "idle-staging",
        name: "Staging that idles",
        claim: "A minimal staging cluster costs $300 to $500 a month for idle compute; on Cloud Run staging costs \
                essentially nothing (When Managed Platforms Win, Workloads with spiky or unpredictable traffic).",
        difference: "Our smallest cluster costs less than $300, with two small nodes and no further tools. Cloud Run is as \
                     the article says.",
        set: |i| {
            i.http.requests_per_month = 5e4;
            i.surroundings.monitoring = false;
        },
    },
    Preset {
        id: "start-up-on-kubernetes",
        name: "Start-up on Kubernetes",
        claim: "Start-ups with five engineers spend two engineers' time on Kubernetes, 40 % of their capacity (The Real Cost \
                of Running Kubernetes).",
        difference: "By the article's measure ours is the same, 80 hours a week. The middle of three published measures is \
                     33, still most of an engineer. All of them say serverless.",
        set: |i| {
            i.services = 5;
        },
    },
    Preset {
        id: "tiny-team",
        name: "Tiny team",
        claim: "With fewer than four engineers nobody should be running Kubernetes; it costs six to twelve months of slower \
                feature development (When Managed Platforms Win, Small teams and early-stage products).",
        difference: "We agree: a rule decides before the money does.",
        set: |i| i.team.engineers = 3,
    },
    Preset {
        id: "no-platform-team",
        name: "Five without a platform team",
        claim: "Fewer than five engineers and no platform team: a managed platform, no exceptions (A Framework for Making \
                the Decision).",
        difference: "We agree: a rule decides before the money does.",
        set: |i| i.team.engineers = 4,
    },
    Preset {
        id: "twenty-services",
        name: "Twenty services with a mesh",
        claim: "With 20 or more services and complex traffic between them Kubernetes is worth it; the turning point is at 10 \
                to 15 (When Kubernetes Is Actually Worth It, Complex multi-service architectures at scale).",
        difference: "We agree for a team that has the people: the mesh decides, and the answer says what that costs. Without \
                     them it is a warning with a price.",
        set: |i| {
            i.services = 25;
            i.needs.mesh = true;
            i.needs.chatty_services = true;
            i.needs.cold_starts_ok = false;
            i.team.engineers = 12;
            i.team.fluent = 3;
            i.http.requests_per_month = 2e9;
        },
    },
    Preset {
        id: "llm-inference",
        name: "LLM inference",
        claim: "Kubernetes for the GPU workers and something like Cloud Run or Fargate for the API: hybrid approaches are \
                underrated (When Kubernetes Is Actually Worth It, GPU and accelerator workloads).",
        difference: "We agree; the API and its pool stand in one cloud and on one bill.",
        set: |i| {
            i.needs.gpu = Gpu::Serving;
            i.team.engineers = 8;
            i.team.fluent = 2;
        },
    },
    Preset {
        id: "regulated",
        name: "Regulated",
        claim: "If the auditor needs isolation that the managed platform can't satisfy, Kubernetes is probably required (A \
                Framework for Making the Decision).",
        difference: "We agree where you must control the isolation yourself. An auditor who accepts the platform's model \
                     forces nothing.",
        set: |i| {
            i.needs.isolation = Isolation::Own;
            i.team.engineers = 10;
            i.team.fluent = 2;
        },
    },
    Preset {
        id: "kubernetes-experts",
        name: "Kubernetes experts",
        claim: "With three engineers who are comfortable with Kubernetes its operations shrink to a fraction; one expert is \
                a single point of failure (When Kubernetes Is Actually Worth It, Teams that already own Kubernetes \
                expertise).",
        difference: "The hours fall to a fifth of a learner's by the article's measure, to two fifths by the middle. \
                     Kubernetes competes on its merits, and here serverless is still cheaper.",
        set: |i| {
            i.team.engineers = 15;
            i.team.fluent = 3;
            i.services = 12;
            i.http.requests_per_month = 3e9;
        },
    },
    Preset {
        id: "live-dashboard",
        name: "Live dashboard",
        claim: "Websockets, gRPC streaming and long polling don't fit the request-response model; Fargate on ECS or \
                Kubernetes gives more control (The Hidden Complexity Tax on Managed Platforms).",
        difference: "We agree about Cloud Run: 500 open connections keep instances busy all month. Platforms that bill by \
                     the machine don't count connections, Fargate among them.",
        set: |i| {
            i.http.requests_per_month = 1e6;
            i.connections.count = 500.0;
            i.connections.seconds = 3_600.0;
        },
    },
    Preset {
        id: "large-java-api",
        name: "Large Java API",
        claim: "Cold starts take 200 to 500 ms for small services and 2 to 5 s for large Java applications; minimum \
                instances fix it at a price (The Hidden Complexity Tax on Managed Platforms).",
        difference: "We agree: a warm instance is priced at the idle rate, and the figures say what a start would add to the \
                     slowest request of a hundred.",
        set: |i| {
            i.instance.vcpu = 2.0;
            i.instance.memory_gib = 4.0;
            i.instance.startup_s = 4.0;
            i.needs.cold_starts_ok = false;
        },
    },
}
