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
        claim: "10 million requests of 50 ms cost $30 to $40 of compute on Cloud Run; a shared EKS cluster with two m5.large \
                costs $140 for the nodes and about $70 for the control plane, before monitoring and people (The Cost \
                Modeling You Should Actually Do).",
        difference: "The article's figure is that of rounding each request up to 100 ms, without the free tier. Requests \
                     that overlap share an interval, which makes it less; whether each interval is rounded up is not \
                     published. The control plane and the nodes are as the article says.",
        set: |_| {},
    },
    Preset {
        id: "api-platform",
        name: "API platform",
        claim: "Three services with 50 million requests a month went from $4,200 on EKS to $800 on Cloud Run, and two \
                engineer-weeks a month came back (When Managed Platforms Win, API services and web backends).",
        difference: "Our EKS is sized for the load and costs a fraction of $4,200: that figure is of a cluster with some nine \
                     m5.xlarge, NAT, load balancers and logs, most of it idle. Two engineer-weeks a month are some 18 hours \
                     a week; our hours are calibrated on the article's start-up, where a cluster takes two people.",
        set: |i| {
            i.http.requests_per_month = 5e7;
            i.http.latency_ms = 120.0;
            i.http.cpu_ms = 30.0;
            i.services = 3;
            i.already_on = Some(super::platform::Platform::Eks);
        },
    },
    Preset {
        id: "small-api",
        name: "Small API under $50",
        claim: "APIs that handle millions of requests a month run for under $50 on Cloud Run (What Serverless Containers \
                Actually Are).",
        difference: "Ours is under $50 too, traffic to clients and logs included.",
        set: |i| {
            i.http.requests_per_month = 5e6;
            i.http.latency_ms = 100.0;
            i.instance.memory_gib = 0.5;
        },
    },
    Preset {
        id: "nightly-batch",
        name: "Nightly batch",
        claim: "A nightly job of 30 minutes costs almost nothing on Cloud Run and 24 hours of nodes on Kubernetes (When \
                Managed Platforms Win, Workloads with spiky or unpredictable traffic).",
        difference: "It is so: the free tier covers the job, and a cluster costs its fee and its nodes all day.",
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
        claim: "A minimal staging cluster costs $300 to $500 a month for idle compute, the same on Cloud Run essentially \
                nothing (When Managed Platforms Win, Workloads with spiky or unpredictable traffic).",
        difference: "Our smallest cluster costs less than $300, since it has two small nodes and no further tools; the rest is \
                     as the article says.",
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
        difference: "Ours is the same by construction: the hours are calibrated on it, 80 a week.",
        set: |i| {
            i.services = 5;
            i.already_on = Some(super::platform::Platform::Eks);
        },
    },
    Preset {
        id: "tiny-team",
        name: "Tiny team",
        claim: "With fewer than four engineers nobody should be running Kubernetes; it costs six to twelve months of slower \
                feature development (When Managed Platforms Win, Small teams and early-stage products).",
        difference: "The advice is the same: a rule decides it before the money does.",
        set: |i| i.team.engineers = 3,
    },
    Preset {
        id: "no-platform-team",
        name: "Five without a platform team",
        claim: "Less than five engineers with no dedicated platform team take a managed platform, no exceptions (A Framework \
                for Making the Decision).",
        difference: "The advice is the same: a rule decides it before the money does.",
        set: |i| i.team.engineers = 4,
    },
    Preset {
        id: "twenty-services",
        name: "Twenty services with a mesh",
        claim: "With 20 or more services and complex traffic between them Kubernetes is worth it; the inflection point is at \
                10 to 15 (When Kubernetes Is Actually Worth It, Complex multi-service architectures at scale).",
        difference: "The advice is the same: the mesh decides, and the verdict says what that costs more than the cheapest.",
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
        claim: "Kubernetes for the GPU workers and something like Cloud Run or Fargate for the API layer: hybrid approaches \
                are underrated (When Kubernetes Is Actually Worth It, GPU and accelerator workloads).",
        difference: "The advice is the same; the API and the pool are priced apart.",
        set: |i| {
            i.needs.gpu = Gpu::Serving;
            i.team.engineers = 8;
            i.team.fluent = 2;
        },
    },
    Preset {
        id: "regulated",
        name: "Regulated",
        claim: "If the auditor needs workload isolation that the managed platform's model can't satisfy, Kubernetes is \
                probably required (A Framework for Making the Decision).",
        difference: "The advice is the same where the isolation must be under your own control. An auditor who accepts the \
                     platform's model forces nothing.",
        set: |i| {
            i.needs.isolation = Isolation::Own;
            i.team.engineers = 10;
            i.team.fluent = 2;
        },
    },
    Preset {
        id: "kubernetes-experts",
        name: "Kubernetes experts",
        claim: "With three engineers who are comfortable with Kubernetes its operations compress to a fraction; one expert is \
                a single point of failure (When Kubernetes Is Actually Worth It, Teams that already own Kubernetes \
                expertise).",
        difference: "The hours fall to a fifth of what learners pay, and Kubernetes stays open on its merits; it wins only \
                     where the money says so.",
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
        claim: "Websockets, gRPC streaming and long polling don't fit the request-response model; Fargate on ECS or Kubernetes \
                gives more control (The Hidden Complexity Tax on Managed Platforms).",
        difference: "It is so on Cloud Run, where an open connection counts as a request in hand: 500 of them keep instances busy \
                     all month. Platforms that bill by the machine don't count them.",
        set: |i| {
            i.http.requests_per_month = 1e6;
            i.connections.count = 500.0;
            i.connections.seconds = 3_600.0;
        },
    },
    Preset {
        id: "large-java-api",
        name: "Large Java API",
        claim: "Cold starts are 200 to 500 ms for small services and 2 to 5 s for large Java applications; minimum instances \
                fix it at a price (The Hidden Complexity Tax on Managed Platforms).",
        difference: "It is so: an instance is kept warm and billed at the idle rate, and the figures say what a start would add \
                     to the slowest request of a hundred.",
        set: |i| {
            i.instance.vcpu = 2.0;
            i.instance.memory_gib = 4.0;
            i.instance.startup_s = 4.0;
            i.needs.cold_starts_ok = false;
        },
    },
}
