//! The rules, as data: their order, the question they answer, what they do, the sentence they say, and who says so.
//!
//! Sources are sections of the article "Serverless Containers vs Kubernetes", or a vendor's page.

use super::{
    rule::{Effect, Facts, Fired, Question, Rule, Side},
    verdict::{Choice, Verdict},
};
use crate::{
    basis::Basis,
    bill::{CostCategory, Refusal},
    inputs::{Gpu, Inputs, Isolation, Team},
    platform::Platform,
    sentence::{Sentence, Word},
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
/// Services above which heavy traffic between them decides.
const CHATTY_SERVICES: u32 = 15;
/// Services from which the grey zone begins.
const GREY_SERVICES: u32 = 10;

fn yes(condition: bool) -> Option<Vec<Word>> {
    condition.then(Vec::new)
}

fn number(n: impl Into<f64>) -> Word {
    Word::Number(n.into())
}

fn count(n: impl Into<f64>, one: &'static str, many: &'static str) -> Word {
    Word::Count(n.into(), one, many)
}

/// Whether nobody else runs a cluster for the team.
fn runs_alone(team: &Team) -> bool {
    !team.platform_team && !team.existing_cluster
}

fn meshed(inputs: &Inputs) -> bool {
    inputs.needs.mesh && inputs.services >= MESH_SERVICES
}

fn chatty(inputs: &Inputs) -> bool {
    inputs.needs.chatty_services && inputs.services > CHATTY_SERVICES
}

/// Whether nothing but ordinary stateless work is asked for.
fn stateless(inputs: &Inputs) -> bool {
    let needs = &inputs.needs;
    let special = [
        needs.stateful,
        needs.local_state,
        needs.hostile_tenants,
        needs.private_network,
        needs.udp_or_tcp,
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

/// A number to two significant digits: more of it would pretend.
fn about(x: f64) -> Word {
    if x == 0.0 {
        return Word::Number(0.0);
    }
    let step = libm::pow(10.0, libm::floor(libm::log10(x.abs())) - 1.0);
    Word::Number((x / step).round() * step)
}

/// When in doubt, the one that is cheaper to leave. It speaks where two sides are close and nothing else does.
pub static REVERSIBLE: Rule = Rule {
    id: "reversible",
    question: Question::Leave,
    effect: Effect::Leans(Side::Serverless),
    text: "Nothing else tells the two apart, so the one that is cheaper to leave wins: from {} to Kubernetes takes about {} \
           engineer-weeks, and the way back is rarely gone.",
    source: CLOSING,
    when: |_| None,
};

/// The rules, in their order.
pub static RULES: &[Rule] = &[
    Rule {
        id: "limits",
        question: Question::Run,
        effect: Effect::Excludes,
        text: "{} of {} platforms can't run this workload; the table names the limit of each and its page.",
        source: "the vendors' pages, in the table",
        when: |facts| {
            let out = Platform::ALL
                .into_iter()
                .filter(|platform| {
                    matches!(
                        facts.comparison.quote(*platform),
                        Err(Refusal::CannotRun(_))
                    )
                })
                .count();
            (out > 0).then(|| vec![number(out as f64), number(Platform::ALL.len() as f64)])
        },
    },
    Rule {
        id: "small-team",
        question: Question::Who,
        effect: Effect::Decides(Side::Serverless),
        text: "A team of {} is too small to run a cluster of its own: keeping it healthy and building a product at once takes at \
               least four.",
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
        text: "A team of {} should take a managed platform: below five engineers nobody should run a cluster of their own.",
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
        text: "{} engineers are fluent in Kubernetes, so that it stays open on its merits: its work shrinks to a fraction \
               of what a team pays that learns as it goes.",
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
        text: "One engineer alone is fluent in Kubernetes: a single point of failure when that person is away at night, or \
               leaves.",
        source: EXPERTISE,
        when: |facts| yes(facts.inputs.team.fluent == 1),
    },
    Rule {
        id: "gpu-serving",
        question: Question::What,
        effect: Effect::Decides(Side::Hybrid),
        text: "Serving models at scale wants a Kubernetes pool of graphics processors (here {}), with a serverless \
               API in front that routes and limits.",
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
        text: "A graphics processor here and there can be had on some serverless platforms in limited configurations; its \
               time is not in these bills.",
        source: GPUS,
        when: |facts| yes(facts.inputs.needs.gpu == Gpu::Light),
    },
    Rule {
        id: "mesh",
        question: Question::What,
        effect: Effect::Decides(Side::Kubernetes),
        text: "{} services with a mesh need the network control that Kubernetes has and managed platforms have not.",
        source: COMPLEX,
        when: |facts| meshed(facts.inputs).then(|| vec![number(facts.inputs.services)]),
    },
    Rule {
        id: "chatty",
        question: Question::What,
        effect: Effect::Decides(Side::Kubernetes),
        text: "{} services with heavy traffic between them are above the inflection point of 10 to 15.",
        source: COMPLEX,
        when: |facts| {
            let inputs = facts.inputs;
            (chatty(inputs) && !meshed(inputs)).then(|| vec![number(inputs.services)])
        },
    },
    Rule {
        id: "grey-zone",
        question: Question::What,
        effect: Effect::Warns,
        text: "{} services that lean on each other are in the grey zone, where service discovery of a managed platform \
               still does and Kubernetes begins to pay.",
        source: COMPLEX,
        when: |facts| {
            let inputs = facts.inputs;
            let leaning = inputs.needs.mesh || inputs.needs.chatty_services;
            let grey =
                leaning && inputs.services >= GREY_SERVICES && !meshed(inputs) && !chatty(inputs);
            grey.then(|| vec![number(inputs.services)])
        },
    },
    Rule {
        id: "stateful",
        question: Question::What,
        effect: Effect::Leans(Side::Kubernetes),
        text: "State belongs in a managed database or queue beside the containers; what you must run yourselves has its \
               persistent volumes on Kubernetes.",
        source: TAX,
        when: |facts| yes(facts.inputs.needs.stateful),
    },
    Rule {
        id: "pipeline",
        question: Question::What,
        effect: Effect::Warns,
        text: "Pipelines of many steps are worth a workflow engine such as Temporal, on Kubernetes or in its own cloud; \
               it is not in these bills.",
        source: "article: When Managed Platforms Win, Event-driven and background job processing",
        when: |facts| yes(facts.inputs.needs.pipeline),
    },
    Rule {
        id: "connections",
        question: Question::What,
        effect: Effect::Warns,
        text: "Connections that stay open, {} at once here, suit Fargate or Kubernetes: on Cloud Run an open connection keeps its instance \
               billed, and the request timeout ends it.",
        source: TAX,
        when: |facts| {
            let count = facts.inputs.connections.count;
            (count > 0.0).then(|| vec![number(count)])
        },
    },
    Rule {
        id: "event-driven",
        question: Question::What,
        effect: Effect::Leans(Side::Serverless),
        text: "Work that events start is what a managed platform scales from zero and back by itself.",
        source: "article: When Managed Platforms Win, Event-driven and background job processing",
        when: |facts| yes(facts.inputs.needs.event_driven && !facts.inputs.needs.pipeline),
    },
    Rule {
        id: "scheduled",
        question: Question::What,
        effect: Effect::Leans(Side::Serverless),
        text: "Jobs that run {} a month cost their minutes on a managed platform, and all day on nodes that wait for them.",
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
        text: "What answers over HTTP and keeps no state, {} here, is what managed platforms are made for.",
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
        text: "A service has a request in hand about {} % of the time and idles the rest: what scales to zero, or bills by \
               the request, costs next to nothing then.",
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
        text: "A constant {} requests in flight that may not wait for a cold start are the load that nodes with a commitment \
               carry cheapest.",
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
        text: "No request may wait for a cold start: where a platform scales to zero, keep an instance warm and pay for it.",
        source: TAX,
        when: |facts| yes(facts.case.has_services() && !facts.inputs.needs.cold_starts_ok),
    },
    Rule {
        id: "hostile-tenants",
        question: Question::Reach,
        effect: Effect::Decides(Side::Kubernetes),
        text: "Tenants whose code nobody trusts need isolation that the team controls itself, and Kubernetes has the knobs \
               for it.",
        source: COMPLIANCE,
        when: |facts| yes(facts.inputs.needs.hostile_tenants),
    },
    Rule {
        id: "isolation-own",
        question: Question::Reach,
        effect: Effect::Decides(Side::Kubernetes),
        text: "An auditor who wants isolation that the team documents and controls itself is not satisfied by \"the \
               platform handles that\".",
        source: COMPLIANCE,
        when: |facts| yes(facts.inputs.needs.isolation == Isolation::Own),
    },
    Rule {
        id: "isolation-managed",
        question: Question::Reach,
        effect: Effect::Leans(Side::Kubernetes),
        text: "The auditor accepts the platform's own isolation, so that it forces nothing; Kubernetes would still show more \
               of it.",
        source: COMPLIANCE,
        when: |facts| yes(facts.inputs.needs.isolation == Isolation::ManagedOk),
    },
    Rule {
        id: "private-network",
        question: Question::Reach,
        effect: Effect::Leans(Side::Kubernetes),
        text: "Private routing with rules of one's own is easier to reason about on Kubernetes; try the connectors of the \
               managed platforms first.",
        source: TAX,
        when: |facts| yes(facts.inputs.needs.private_network),
    },
    Rule {
        id: "multi-cloud",
        question: Question::Movable,
        effect: Effect::Leans(Side::Kubernetes),
        text: "A real need for several clouds counts for Kubernetes, whose definitions move; few ever do.",
        source: TAX,
        when: |facts| yes(facts.inputs.needs.multi_cloud),
    },
];

static CHEAPEST: Rule = Rule {
    id: "cost",
    question: Question::Money,
    effect: Effect::Decides(Side::Serverless),
    text: "Of what is left, {} is the cheapest with engineering time: {} a month.",
    source: COSTS,
    when: |_| None,
};

static CLOSE: Rule = Rule {
    id: "too-close",
    question: Question::Money,
    effect: Effect::Warns,
    text: "{} and {} are {} a month apart, which is inside the uncertainty: too close to call by money.",
    source: COSTS,
    when: |_| None,
};

/// The rules that fire on the facts, in their order.
pub(super) fn fired(facts: &Facts<'_>) -> Vec<Fired> {
    RULES.iter().filter_map(|rule| rule.fire(facts)).collect()
}

static STAY: Rule = Rule {
    id: "stay",
    question: Question::Money,
    effect: Effect::Decides(Side::Serverless),
    text: "Stay on {}. {} would save {} a month and pay back after {}; a move has to pay back within {}.",
    source: "your own limit: payback_months",
    when: |_| None,
};

static STAY_CLOSE: Rule = Rule {
    text: "Stay on {}. {} would save {} a month, and the move costs {} once: what that leaves within {} is inside the \
           uncertainty.",
    ..STAY
};

/// Why a team stays where another platform costs less.
fn staying(facts: &Facts<'_>, choice: &Choice) -> Option<Fired> {
    let to = super::money::move_to(choice.runner_up?, facts.inputs, facts.comparison)?;
    let [from, other] = [to.from, to.to].map(|platform| Word::Name(platform.name()));
    let saving = Word::Money(to.saving);
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
    RULES.iter().chain([&REVERSIBLE, &CHEAPEST, &CLOSE, &STAY])
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
        let mut cost = CHEAPEST.with(vec![name, Word::Money(total)]);
        cost.effect = Effect::Decides(Side::of(choice.platform));
        fired.push(cost);
    }
    if let (true, Some(other), Some(gap)) = (choice.too_close, choice.runner_up, choice.gap) {
        let apart = Usd::of(gap.get().abs());
        fired.push(CLOSE.with(vec![name, Word::Name(other.name()), Word::Money(apart)]));
    }
    if choice.by_lean == Some(REVERSIBLE.id) {
        let weeks = super::money::leaving(choice.platform, facts.inputs)
            .work
            .weeks;
        fired.push(REVERSIBLE.with(vec![name, number(weeks)]));
    }
    fired
}

/// The one thing to keep in mind about a verdict.
pub(super) fn caution(facts: &Facts<'_>, verdict: &Verdict) -> Sentence {
    let inputs = facts.inputs;
    let (Some(effort), Some(shown)) = (verdict.effort, verdict.platform.or(verdict.least_operated))
    else {
        return Sentence::new(
            "No platform can be priced for this workload; the table says what each lacks.",
            [],
        );
    };
    let hours = number(effort.hours_per_week);
    let people = facts
        .comparison
        .quote(shown)
        .map_or(Usd::ZERO, |bill| bill.subtotal(CostCategory::People));
    if verdict.platform.is_none() {
        return Sentence::new(
            "{} takes the least work of what could run it, about {} hours a week or {} a month: buy that help before you \
             begin, or ask what of the workload can do without.",
            [Word::Name(shown.name()), hours, Word::Money(people)],
        );
    }
    let on_kubernetes = shown.is_kubernetes();
    if on_kubernetes && inputs.team.fluent == 1 {
        return Sentence::new(
            "All of it hangs on one engineer who is fluent in Kubernetes: have a second one before you begin.",
            [],
        );
    }
    if effort.hours_per_week
        > inputs.assumptions.hours_per_engineer * f64::from(inputs.team.engineers)
    {
        return Sentence::new(
            "Running it takes about {} hours a week, the work of {}, and the team has {}.",
            [
                hours,
                count(effort.engineers.ceil(), "engineer", "engineers"),
                number(inputs.team.engineers),
            ],
        );
    }
    if inputs.needs.gpu == Gpu::Serving {
        return match &verdict.pool {
            Some(pool) => Sentence::new(
                "The pool is {} of {} on {}, {} a month with its cluster, and about {} hours a week of the people who \
                 run it: check that such a node is large enough for your model.",
                [
                    count(pool.nodes, "node", "nodes"),
                    Word::Name(pool.node),
                    Word::Name(pool.platform.name()),
                    Word::Money(pool.cost),
                    about(pool.hours_per_week),
                ],
            ),
            None => Sentence::new(
                "The price book has no GPU node here, so that the pool is not priced: enter its price.",
                [],
            ),
        };
    }
    if inputs.needs.windows {
        return Sentence::new("Windows licences are not in these bills.", []);
    }
    assumed_share(facts, shown).unwrap_or_else(|| {
        let hours = crate::people::hours(shown.definition().people, inputs);
        if hours.basis == Basis::Own {
            return Sentence::new(
                "The hours on {} are your own figure: what is left to doubt are the quantities, above all the requests.",
                [Word::Name(shown.name())],
            );
        }
        let (low, high) = hours.range;
        Sentence::new(
            "Engineering time is an estimate: {} a month on {} may as well be {} or {}. Track your own hours for a quarter.",
            [
                Word::Money(people),
                Word::Name(shown.name()),
                Word::Money(Usd::of(people.get() * low)),
                Word::Money(Usd::of(people.get() * high)),
            ],
        )
    })
}

/// That much of the infrastructure is assumed, where that matters more than the people.
fn assumed_share(facts: &Facts<'_>, platform: Platform) -> Option<Sentence> {
    let bill = facts.comparison.quote(platform).ok()?;
    let infrastructure = bill.infrastructure().get();
    let assumed: f64 = bill
        .lines
        .iter()
        .filter(|line| line.category != CostCategory::People && line.basis == Basis::Assumed)
        .map(|line| line.amount().get())
        .sum();
    let people = bill.subtotal(CostCategory::People).get();
    (assumed > 0.5 * infrastructure && infrastructure > people).then(|| {
        Sentence::new(
            "{} of the {} for infrastructure rest on assumptions, marked in the bill: check them against your own figures.",
            [Word::Money(Usd::of(assumed)), Word::Money(Usd::of(infrastructure))],
        )
    })
}
