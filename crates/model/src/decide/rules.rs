//! The rules, as data, long because each stands here: order, question, effect, sentence, and who says so.
//!
//! Sources are sections of the article "Serverless Containers vs Kubernetes", or a vendor's page.

use super::{
    promise_rules,
    rule::{Effect, Facts, Fired, Question, Rule, Side},
    verdict::Choice,
    words::{about, barred, count, number, yes},
};
use crate::{
    bill::Bar,
    inputs::{Gpu, Inputs, Isolation, Team},
    platform::Platform,
    platforms::gpu,
    sentence::Word,
    units::Usd,
};

const SMALL_TEAMS: &str =
    "article: When Managed Platforms Win, Small teams and early-stage products";
const FRAMEWORK: &str = "article: A Framework for Making the Decision";
const EXPERTISE: &str =
    "article: When Kubernetes Is Actually Worth It, Teams that already own Kubernetes expertise";
const COMPLEX: &str =
    "article: When Kubernetes Is Actually Worth It, Complex multi-service architectures at scale";
const GPUS: &str = "article: When Kubernetes Is Actually Worth It, GPU and accelerator workloads";
const COMPLIANCE: &str =
    "article: When Kubernetes Is Actually Worth It, Strong compliance and isolation requirements";
const TAX: &str = "article: The Hidden Complexity Tax on Managed Platforms";
const COSTS: &str = "article: The Cost Modeling You Should Actually Do";
const CLOSING: &str = "article: Closing Thoughts";

/// Teams smaller than this should not run Kubernetes.
const SMALLEST_TEAM: u32 = 4;
/// Teams smaller than this take a managed platform, unless a platform team helps.
const SMALLEST_TEAM_ALONE: u32 = 5;
/// Services from which a mesh decides.
const MESH_SERVICES: u32 = 20;
/// Services from which heavy traffic between them speaks for Kubernetes.
const CHATTY_SERVICES: u32 = 10;
/// Engineers fluent in Kubernetes that a team needs for a mesh of its own, unless others run the cluster.
const FLUENT_FOR_A_MESH: u32 = 2;

/// Whether nobody else runs a cluster for the team.
fn runs_alone(team: &Team) -> bool {
    !team.platform_team && !team.existing_cluster
}

fn meshed(inputs: &Inputs) -> bool {
    inputs.needs.mesh && inputs.services >= MESH_SERVICES
}

/// Whether services talk so much that Kubernetes is worth a thought, and no mesh decides.
fn chatty(inputs: &Inputs) -> bool {
    let needs = &inputs.needs;
    let talks = needs.chatty_services || needs.mesh;
    talks && inputs.services >= CHATTY_SERVICES && !meshed(inputs)
}

/// Whether a team has, or is said to get, the people for a mesh.
fn has_the_people(team: &Team) -> bool {
    team.fluent >= FLUENT_FOR_A_MESH || !runs_alone(team)
}

/// Whether nothing but ordinary stateless work is asked for.
fn stateless(inputs: &Inputs) -> bool {
    let needs = &inputs.needs;
    let special = [
        needs.stateful,
        needs.local_state,
        needs.hostile_tenants,
        needs.private_network,
        needs.udp,
        needs.tcp,
        needs.windows,
        needs.privileged,
        needs.pipeline,
        needs.mesh,
        needs.chatty_services,
    ];
    !special.contains(&true) && needs.gpu == Gpu::None && needs.isolation == Isolation::None
}

/// Mean requests in flight at one service.
fn in_flight(facts: &Facts<'_>) -> f64 {
    let w = &facts.case.workload;
    w.mean(|level| level.rate * w.service_s)
}

/// When in doubt, the one that is cheaper to leave. It speaks where two sides are close and nothing else does.
pub static REVERSIBLE: Rule = Rule {
    id: "reversible",
    question: Question::Leave,
    effect: Effect::Leans(Side::Serverless),
    text: "When in doubt, take the side that is cheaper to leave: moving from {} to Kubernetes takes about {} engineer-weeks; \
           the way back is rarely taken.",
    source: CLOSING,
    when: |_| None,
};

/// The rules, in their order.
pub static RULES: &[Rule] = &[
    Rule {
        id: "limits",
        question: Question::Run,
        effect: Effect::Excludes,
        text: "{} of {} platforms can't run this workload. The table names each limit and its page.",
        source: "the vendors' pages, in the table",
        when: |facts| {
            let out = barred(facts, |by| {
                matches!(by, Bar::Limit | Bar::Condition | Bar::Attestation)
            });
            (out > 0).then(|| vec![number(out as f64), number(Platform::ALL.len() as f64)])
        },
    },
    Rule {
        id: "objective",
        question: Question::Run,
        effect: Effect::Excludes,
        text: "No platform can answer 99 % of requests within {} ms: your service takes {} ms by itself.",
        source: "your inputs: the objective and the latency",
        when: |facts| {
            let slo = facts.inputs.slo_ms?;
            let bars = barred(facts, |by| by == Bar::Objective) > 0;
            bars.then(|| vec![number(slo), number(facts.inputs.http.latency_ms)])
        },
    },
    Rule {
        id: "small-team",
        question: Question::Who,
        effect: Effect::Decides(Side::Serverless),
        text: "A team of {} is too small to run its own cluster and build a product; that takes at least four.",
        source: SMALL_TEAMS,
        when: |facts| {
            let team = &facts.inputs.team;
            (team.engineers < SMALLEST_TEAM && runs_alone(team))
                .then(|| vec![count(team.engineers, "engineer", "engineers")])
        },
    },
    Rule {
        id: "no-platform-team",
        question: Question::Who,
        effect: Effect::Decides(Side::Serverless),
        text: "A team of {} without a platform team should use a managed platform.",
        source: FRAMEWORK,
        when: |facts| {
            let team = &facts.inputs.team;
            let small = (SMALLEST_TEAM..SMALLEST_TEAM_ALONE).contains(&team.engineers);
            (small && runs_alone(team))
                .then(|| vec![count(team.engineers, "engineer", "engineers")])
        },
    },
    Rule {
        id: "fluent",
        question: Question::Who,
        effect: Effect::Leans(Side::Kubernetes),
        text: "{} engineers are fluent in Kubernetes, so it competes on its merits: it takes them a fraction of a learner's time.",
        source: EXPERTISE,
        when: |facts| {
            let team = &facts.inputs.team;
            let barred = team.engineers < SMALLEST_TEAM_ALONE && runs_alone(team);
            (team.fluent >= 3 && !barred).then(|| vec![number(team.fluent)])
        },
    },
    Rule {
        id: "single-expert",
        question: Question::Who,
        effect: Effect::Warns,
        text: "Only one engineer is fluent in Kubernetes, a single point of failure.",
        source: EXPERTISE,
        when: |facts| yes(facts.inputs.team.fluent == 1),
    },
    Rule {
        id: "gpu-serving",
        question: Question::What,
        effect: Effect::Decides(Side::Hybrid),
        text: "Serving models at scale takes a pool of GPU nodes ({} here) behind the API, in the same cloud. The pool is in \
               every bill.",
        source: GPUS,
        when: |facts| {
            let needs = &facts.inputs.needs;
            (needs.gpu == Gpu::Serving).then(|| vec![count(needs.gpu_nodes, "node", "nodes")])
        },
    },
    Rule {
        id: "gpu-light",
        question: Question::What,
        effect: Effect::Warns,
        text: "GPU jobs of {} a month are in these bills: by the second on the serverless platforms that have GPUs, else as hours \
               of a node that comes up for them.",
        source: GPUS,
        when: |facts| {
            let needs = &facts.inputs.needs;
            let minutes = count(needs.gpu_minutes_per_month, "minute", "minutes");
            (needs.gpu == Gpu::Light).then(|| vec![minutes])
        },
    },
    Rule {
        id: "gpu-types",
        question: Question::What,
        effect: Effect::Warns,
        text: "GPUs differ: {} with {} GiB on {}, {} with {} GiB on {}. Of those whose price we know, each is the cheapest with the memory \
               that you need; only memory is alike, not how fast they are.",
        source: GPUS,
        when: |facts| {
            let mut types = facts
                .comparison
                .open(facts.inputs)
                .filter_map(|(platform, _)| {
                    let bill = facts.comparison.quote(platform).ok()?;
                    Some((platform, gpu::on_bill(bill)?))
                });
            let (first, (one, gib)) = types.next()?;
            let (second, (other, other_gib)) = types.find(|(_, (other, _))| *other != one)?;
            Some(vec![
                Word::Name(one),
                number(gib),
                Word::Name(first.name()),
                Word::Name(other),
                number(other_gib),
                Word::Name(second.name()),
            ])
        },
    },
    Rule {
        id: "mesh",
        question: Question::What,
        effect: Effect::Decides(Side::Kubernetes),
        text: "{} services with a mesh need network control that managed platforms don't offer.",
        source: COMPLEX,
        when: |facts| {
            let inputs = facts.inputs;
            (meshed(inputs) && has_the_people(&inputs.team)).then(|| vec![number(inputs.services)])
        },
    },
    Rule {
        id: "mesh-without-people",
        question: Question::What,
        effect: Effect::Leans(Side::Kubernetes),
        text: "{} services with a mesh ask for Kubernetes, but {} fluent in it. Get the people before the cluster.",
        source: COMPLEX,
        when: |facts| {
            let inputs = facts.inputs;
            let fluent = match inputs.team.fluent {
                0 => Word::Name("nobody is"),
                _ => Word::Name("only one is"),
            };
            (meshed(inputs) && !has_the_people(&inputs.team))
                .then(|| vec![number(inputs.services), fluent])
        },
    },
    Rule {
        id: "chatty",
        question: Question::What,
        effect: Effect::Leans(Side::Kubernetes),
        text: "{} services with heavy traffic between them speak for Kubernetes; the turning point is at 10 to 15.",
        source: COMPLEX,
        when: |facts| chatty(facts.inputs).then(|| vec![number(facts.inputs.services)]),
    },
    Rule {
        id: "stateful",
        question: Question::What,
        effect: Effect::Leans(Side::Kubernetes),
        text: "Keep state in a managed database or queue. What you must run yourself gets persistent volumes on Kubernetes.",
        source: TAX,
        when: |facts| yes(facts.inputs.needs.stateful),
    },
    Rule {
        id: "pipeline",
        question: Question::What,
        effect: Effect::Warns,
        text: "Use a workflow engine such as Temporal for multi-step pipelines. It is not in these bills.",
        source: "article: When Managed Platforms Win, Event-driven and background job processing",
        when: |facts| yes(facts.inputs.needs.pipeline),
    },
    Rule {
        id: "connections",
        question: Question::What,
        effect: Effect::Leans(Side::Kubernetes),
        text: "{} connections stay open at once. On Cloud Run each keeps its instance billed until the request timeout ends it; \
               where you own the instances they take memory alone.",
        source: TAX,
        when: |facts| {
            let count = facts.inputs.connections.count;
            (count > 0.0).then(|| vec![number(count)])
        },
    },
    Rule {
        id: "background",
        question: Question::What,
        effect: Effect::Leans(Side::Kubernetes),
        text: "Your services work between requests, so billing by the request is out: each instance is paid all month.",
        source: TAX,
        when: |facts| yes(facts.inputs.needs.background && facts.case.has_services()),
    },
    Rule {
        id: "event-driven",
        question: Question::What,
        effect: Effect::Leans(Side::Serverless),
        text: "A managed platform scales event-driven work from zero and back by itself.",
        source: "article: When Managed Platforms Win, Event-driven and background job processing",
        when: |facts| yes(facts.inputs.needs.event_driven && !facts.inputs.needs.pipeline),
    },
    Rule {
        id: "scheduled",
        question: Question::What,
        effect: Effect::Leans(Side::Serverless),
        text: "Jobs that run {} a month are billed by the minute on a managed platform; nodes are billed all day.",
        source: "article: When Managed Platforms Win, Workloads with spiky or unpredictable traffic",
        when: |facts| {
            let runs = facts.inputs.jobs.runs_per_month;
            (runs > 0.0 && facts.case.jobs_at_once() < 0.5)
                .then(|| vec![count(runs, "time", "times")])
        },
    },
    Rule {
        id: "stateless",
        question: Question::What,
        effect: Effect::Leans(Side::Serverless),
        text: "{} of stateless HTTP: the case managed platforms are built for.",
        source: "article: When Managed Platforms Win, API services and web backends",
        when: |facts| {
            (facts.case.has_services() && stateless(facts.inputs))
                .then(|| vec![count(facts.inputs.services, "service", "services")])
        },
    },
    Rule {
        id: "idle",
        question: Question::Traffic,
        effect: Effect::Leans(Side::Serverless),
        text: "A service is busy about {} % of the time. Platforms that scale to zero don't bill the rest.",
        source: "article: When Managed Platforms Win, Workloads with spiky or unpredictable traffic",
        when: |facts| {
            let busy = in_flight(facts);
            let share = 100.0 * -libm::expm1(-busy);
            (facts.case.has_services() && busy < 0.2).then(|| vec![about(share)])
        },
    },
    Rule {
        id: "constant",
        question: Question::Traffic,
        effect: Effect::Leans(Side::Kubernetes),
        text: "A steady {} requests in flight, with no cold starts allowed, run cheapest on committed nodes.",
        source: FRAMEWORK,
        when: |facts| {
            // Many services that idle each are not a constant load.
            let of_one = in_flight(facts);
            let busy = of_one * facts.case.workload.services;
            (busy >= 10.0 && of_one >= 1.0 && !facts.inputs.needs.cold_starts_ok)
                .then(|| vec![about(busy)])
        },
    },
    Rule {
        id: "cold-starts",
        question: Question::Traffic,
        effect: Effect::Warns,
        text: "No request may wait for a cold start, so a warm instance is priced where a platform scales to zero.",
        source: TAX,
        when: |facts| yes(facts.case.has_services() && !facts.inputs.needs.cold_starts_ok),
    },
    Rule {
        id: "data-elsewhere",
        question: Question::Reach,
        effect: Effect::Warns,
        text: "Your data is on {}. On another cloud every query waits for the way between the clouds; the traffic is in the \
               bills, the wait is not. {} is beside your data, for {} a month.",
        source: "your input: where your data is",
        when: |facts| {
            let home = facts.inputs.data_on?;
            let open = || facts.comparison.open(facts.inputs);
            let beside = |(platform, _): &(Platform, Usd)| platform.vendor() == home;
            let (platform, total) = open().find(beside)?;
            let elsewhere = !open().all(|one| beside(&one));
            elsewhere.then(|| {
                vec![
                    Word::Name(home.name()),
                    Word::Name(platform.name()),
                    Word::Money(total),
                ]
            })
        },
    },
    Rule {
        id: "hostile-tenants",
        question: Question::Reach,
        effect: Effect::Decides(Side::Kubernetes),
        text: "Customers' untrusted code needs isolation that you control; Kubernetes lets you build it.",
        source: COMPLIANCE,
        when: |facts| yes(facts.inputs.needs.hostile_tenants),
    },
    Rule {
        id: "isolation-own",
        question: Question::Reach,
        effect: Effect::Decides(Side::Kubernetes),
        text: "The auditor wants isolation that you document and control; \"the platform handles that\" won't do.",
        source: COMPLIANCE,
        when: |facts| yes(facts.inputs.needs.isolation == Isolation::Own),
    },
    Rule {
        id: "isolation-managed",
        question: Question::Reach,
        effect: Effect::Leans(Side::Kubernetes),
        text: "The auditor accepts the platform's isolation, so this forces nothing. Kubernetes would document more of it.",
        source: COMPLIANCE,
        when: |facts| yes(facts.inputs.needs.isolation == Isolation::ManagedOk),
    },
    Rule {
        id: "private-network",
        question: Question::Reach,
        effect: Effect::Leans(Side::Kubernetes),
        text: "Private routing with your own rules is easier on Kubernetes. Try the managed platforms' connectors first.",
        source: TAX,
        when: |facts| yes(facts.inputs.needs.private_network),
    },
    Rule {
        id: "audit-trail",
        question: Question::Reach,
        effect: Effect::Leans(Side::Kubernetes),
        text: "An audit trail of every change is what GitOps on a cluster gives. A pipeline with reviews and the cloud's own log \
               give much of it elsewhere.",
        source: COMPLIANCE,
        when: |facts| yes(facts.inputs.needs.audit_trail),
    },
    Rule {
        id: "multi-cloud",
        question: Question::Movable,
        effect: Effect::Leans(Side::Kubernetes),
        text: "Running on several clouds speaks for Kubernetes, whose definitions move. Few teams ever do it.",
        source: TAX,
        when: |facts| yes(facts.inputs.needs.multi_cloud),
    },
    Rule {
        id: "hiring",
        question: Question::Movable,
        effect: Effect::Leans(Side::Kubernetes),
        text: "People who know Kubernetes can be hired, and what they know moves with them. It is the reason that teams name who \
               chose it.",
        source: EXPERTISE,
        when: |facts| yes(facts.inputs.needs.hiring),
    },
    Rule {
        id: "one-way-to-deploy",
        question: Question::Movable,
        effect: Effect::Leans(Side::Kubernetes),
        text: "One way to deploy everything, databases and jobs included, speaks for Kubernetes. On a managed platform you have \
               one for each product.",
        source: COMPLEX,
        when: |facts| yes(facts.inputs.needs.one_way_to_deploy),
    },
    Rule {
        id: "credits",
        question: Question::Movable,
        effect: Effect::Warns,
        text: "Your credits at {} pay {} of the bill in the first {}. They are in the payback and the 36 months, not in a month's bill.",
        source: "your input: credits",
        when: |facts| {
            let inputs = facts.inputs;
            let best = inputs
                .already_on
                .into_iter()
                .chain(facts.comparison.ranked.iter().copied());
            best.filter(|platform| facts.comparison.is_open(*platform, inputs))
                .find_map(|platform| {
                    let bill = facts.comparison.quote(platform).ok()?;
                    let credit = inputs.credits[platform.vendor()];
                    let infrastructure = bill.infrastructure().get();
                    let paid = credit.paid(infrastructure, credit.months);
                    let months = credit.lasts(infrastructure).ceil();
                    (paid > 0.0).then(|| {
                        vec![
                            Word::Name(platform.vendor().name()),
                            Word::Money(Usd::of(paid)),
                            count(months, "month", "months"),
                        ]
                    })
                })
        },
    },
];

static CHEAPEST: Rule = Rule {
    id: "cost",
    question: Question::Money,
    effect: Effect::Decides(Side::Serverless),
    text: "{} is the cheapest with engineering time: {} a month.",
    source: COSTS,
    when: |_| None,
};

static CHEAPEST_LEFT: Rule = Rule {
    text: "Of what the rules leave, {} is the cheapest with engineering time: {} a month.",
    ..CHEAPEST
};

static CLOSE: Rule = Rule {
    id: "too-close",
    question: Question::Money,
    effect: Effect::Warns,
    text: "{} platforms are within {} a month, less than the estimates can tell apart.",
    source: COSTS,
    when: |_| None,
};

static CLOSE_TWO: Rule = Rule {
    text: "{} and {} are {} a month apart, less than the estimates can tell apart.",
    ..CLOSE
};

/// The rules that fire on the facts, in their order.
pub(super) fn fired(facts: &Facts<'_>) -> Vec<Fired> {
    let all = RULES.iter().chain(promise_rules::RULES);
    all.filter_map(|rule| rule.fire(facts)).collect()
}

static STAY: Rule = Rule {
    id: "stay",
    question: Question::Money,
    effect: Effect::Decides(Side::Serverless),
    text: "{}, your platform today: {} would save {} a month and pay back only after {}; you allow {}.",
    source: "your limit on payback",
    when: |_| None,
};

static STAY_CLOSE: Rule = Rule {
    text: "{}, your platform today: {} might save {} a month and would cost {} once. Over {} that is too close to call.",
    ..STAY
};

/// Why a team stays where another platform costs less.
fn staying(facts: &Facts<'_>, choice: &Choice) -> Option<Fired> {
    let to = super::money::move_to(choice.runner_up?, facts.inputs, facts.comparison)?;
    let [from, other] = [to.from, to.to].map(|platform| Word::Name(platform.name()));
    let saving = Word::Money(to.saving?);
    let limit = facts.inputs.payback_months;
    let within = count(limit, "month", "months");
    let mut fired = match to.payback_months {
        Some(after) if after > limit => {
            STAY.with(vec![from, other, saving, Word::time(after), within])
        }
        _ => {
            let once = Word::Money(to.work.cost + to.overlap);
            STAY_CLOSE.with(vec![from, other, saving, once, within])
        }
    };
    fired.effect = Effect::Decides(Side::of(choice.platform));
    Some(fired)
}

/// Every rule, those that the money speaks included.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    let promised = promise_rules::RULES
        .iter()
        .chain([&promise_rules::HOURS_DOWN]);
    let by_money = [&REVERSIBLE, &CHEAPEST, &CLOSE, &STAY];
    RULES.iter().chain(promised).chain(by_money)
}

/// What the money says: the cheapest, whether it is too close to call, and what decided then.
pub(super) fn by_money(facts: &Facts<'_>, choice: &Choice) -> Vec<Fired> {
    let total = facts.comparison.total(choice.platform).unwrap_or(Usd::ZERO);
    let name = Word::Name(choice.platform.name());
    let mut fired = Vec::new();
    let cheapest_of_all = choice.gap.is_none_or(|gap| gap >= Usd::ZERO);
    if choice.stays && !cheapest_of_all {
        fired.extend(staying(facts, choice));
    } else if cheapest_of_all {
        let open = facts.comparison.open(facts.inputs).next();
        let rule = match open {
            Some((_, least)) if least < total => &CHEAPEST_LEFT,
            _ => &CHEAPEST,
        };
        let mut cost = rule.with(vec![name, Word::Money(total)]);
        cost.effect = Effect::Decides(Side::of(choice.platform));
        fired.push(cost);
    }
    if choice.group.len() > 1 {
        fired.extend(tied(facts, choice));
    }
    fired.extend(promise_rules::hours_down(facts, choice));
    fired
}

/// That several tie, and what speaks for one side where nothing else does.
fn tied(facts: &Facts<'_>, choice: &Choice) -> Vec<Fired> {
    let apart = facts.comparison.spread(&choice.group);
    let mut fired = vec![match choice.group[..] {
        [one, other] => {
            let [one, other] = [one, other].map(|platform| Word::Name(platform.name()));
            CLOSE_TWO.with(vec![one, other, Word::Money(apart)])
        }
        _ => CLOSE.with(vec![number(choice.group.len() as f64), Word::Money(apart)]),
    }];
    let serverless = choice
        .group
        .iter()
        .find(|platform| !platform.is_kubernetes());
    let both = choice.group.iter().any(|platform| platform.is_kubernetes());
    if let (Some(from), true) = (serverless, both) {
        let weeks = super::money::leaving(*from, facts.inputs).work.weeks;
        fired.push(REVERSIBLE.with(vec![Word::Name(from.name()), number(weeks)]));
    }
    fired
}
