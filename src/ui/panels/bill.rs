//! The bill of one platform, line by line, as on the vendor's: infrastructure first, and below a rule the people.

use super::{
    super::{
        controls::bare_number,
        kit::events::{heard, press},
        state::Calculator,
    },
    inputs::go_to,
    waterfall::steps_panel,
};
use crate::web::page;
use leptos::{
    either::{Either, EitherOf3},
    ev::Event,
    prelude::*,
};
use plimsoll_model::{
    basis::Basis,
    bill::{self, CostCategory, Line, Source},
    compare::UnitCosts,
    inputs::{Calibration, Field, Inputs, at},
    people,
    platform::Platform,
    platforms::{Item, Treatment, capacity_trace},
    prices::{Confidence, PriceBook, Row, RowId},
    units::WEEKS_PER_MONTH,
};
use plimsoll_wording::{explain, format};

/// How many columns there are.
const COLUMNS: &str = "5";

/// The line of the bill that is explained, by its place.
type Explained = RwSignal<Option<usize>>;

/// The bill as a panel of its own, for a page without the table.
#[component]
pub(crate) fn BillPanel() -> impl IntoView {
    let calculator = Calculator::from_context();
    let title = move || match calculator.shown() {
        Some(platform) => format!("The bill of {}", platform.name()),
        None => "The bill".to_owned(),
    };
    view! {
        <section aria-labelledby="bill-panel-title">
            <h2 id="bill-panel-title">{title}</h2>
            {move || calculator.shown().map(|platform| view! { <Bill platform /> })}
        </section>
    }
}

/// The bill of a platform, or why it has none.
#[component]
pub(crate) fn Bill(platform: Platform) -> impl IntoView {
    let calculator = Calculator::from_context();
    let explained: Explained = RwSignal::new(None);
    let body = move || {
        calculator.assessment.with(|assessment| {
            let bill = match assessment.comparison.quote(platform) {
                Ok(bill) => bill,
                Err(refusal) => {
                    let why = explain::refusal(refusal);
                    return Either::Left(view! { <p class="reason">{why}</p> });
                }
            };
            Either::Right(view! {
                {lines(bill, platform, explained, calculator)}
                {notes(bill, platform, calculator)}
            })
        })
    };
    view! {
        <div class="bill-of" id="bill">
            {body}
            <Padding platform />
            <Hours platform />
            {steps_panel()}
        </div>
    }
}

/// The lines by part, with the subtotal of infrastructure before the people.
fn lines(
    bill: &bill::Bill,
    platform: Platform,
    explained: Explained,
    calculator: Calculator,
) -> AnyView {
    let mut place = 0;
    let mut part = |part: CostCategory| {
        let first = place;
        let rows: Vec<AnyView> = bill
            .category(part)
            .enumerate()
            .map(|(n, line)| bill_line(line, first + n, explained, calculator))
            .collect();
        place += rows.len();
        (!rows.is_empty()).then(|| {
            view! {
                <tbody>
                    <tr class=format!("part part-{}", part.id())>
                        <th scope="rowgroup" colspan="4">
                            <span class="key"></span>
                            {part.name()}
                        </th>
                        <td class="number">{format::usd(bill.subtotal(part))}</td>
                    </tr>
                    {rows}
                </tbody>
            }
        })
    };
    let infrastructure = CostCategory::INFRASTRUCTURE.map(&mut part);
    let people = part(CostCategory::People);
    let side = if platform.is_kubernetes() {
        "bill kubernetes"
    } else {
        "bill serverless"
    };
    view! {
        <div class="scroll" tabindex="0" role="group" aria-label="The lines of the bill">
            <table class=side>
                <thead>
                    <tr>
                        <th scope="col">"Meter"</th>
                        <th scope="col">"Quantity"</th>
                        <th scope="col" class="number">
                            "Unit price"
                        </th>
                        <th scope="col">"Page, read on"</th>
                        <th scope="col" class="number">
                            "A month"
                        </th>
                    </tr>
                </thead>
                {infrastructure.into_iter().collect_view()}
                <tbody class="subtotal">
                    <tr>
                        <th scope="row" colspan="4">
                            "Infrastructure"
                        </th>
                        <td class="number">{format::usd(bill.infrastructure())}</td>
                    </tr>
                </tbody>
                {people}
                <tfoot>
                    <tr>
                        <th scope="row" colspan="4">
                            "With people, a month"
                        </th>
                        <td class="number">{format::usd(bill.total())}</td>
                    </tr>
                </tfoot>
            </table>
        </div>
    }
    .into_any()
}

/// What is billed, what is left out, what it comes to for each thing that it pays for, and which prices are old.
fn notes(bill: &bill::Bill, platform: Platform, calculator: Calculator) -> impl IntoView + use<> {
    let about = platform.definition();
    let left_out = |inputs: &Inputs| explain::left_out(platform, Some(bill), inputs);
    let left_out = calculator.inputs.with(left_out);
    let city = calculator
        .inputs
        .with(|inputs| platform.city(inputs.region));
    let closed = about.closed.map(|closed| {
        view! {
            <p class="note">
                {format!("Closed to new customers since {}: ", closed.since)}
                <a href=closed.page target="_blank" rel="noopener noreferrer">
                    "the vendor\u{2019}s notice"
                </a> "."
            </p>
        }
    });
    let old = calculator
        .book
        .with(|book| explain::old_prices(bill, book, &page::today()));
    view! {
        {closed}
        <p class="note">{format!("Prices in {city}. {} Left out: {left_out}", about.billed)}</p>
        <p class="note">{calculator.inputs.with(|inputs| unit_costs(bill, inputs))}</p>
        {old.map(|text| view! { <p class="note">{text}</p> })}
    }
}

/// What the bill comes to for each thing that it pays for, in a sentence.
fn unit_costs(bill: &bill::Bill, inputs: &Inputs) -> String {
    let costs = UnitCosts::of(bill, inputs);
    let requests = costs.per_million_requests.map_or(String::new(), |usd| {
        format!("{} for a million requests, ", format::usd(usd))
    });
    format!(
        "That is {requests}{} for each service.",
        format::usd(costs.per_service)
    )
}

/// What the bill would be with the padding of the field, or in a well-run cluster, one click away.
#[component]
fn Padding(platform: Platform) -> impl IntoView {
    let calculator = Calculator::from_context();
    let padded = platform.treatment(Item::Padding) == Treatment::Billed;
    move || {
        let locked = calculator.is_locked("assumptions.requests_padding");
        (padded && !locked).then(|| {
            let (other, text) = calculator.inputs.with(|inputs| {
                let (other, _) = capacity_trace::other_padding(inputs);
                let with = |book: &PriceBook| explain::with_padding(platform, other, inputs, book);
                (other, explain::padding(other, calculator.book.with(with)))
            });
            let label = if other > 1.0 {
                "Use the field\u{2019}s figure"
            } else {
                "Use a well-run cluster\u{2019}s"
            };
            let take = move || {
                calculator.change(Vec::new(), |inputs| {
                    inputs.assumptions.requests_padding = other;
                });
            };
            view! {
                <p class="note">
                    {text} " " <button type="button" on:click=press(take)>
                        {label}
                    </button>
                </p>
            }
        })
    }
}

fn bill_line(line: &Line, place: usize, explained: Explained, calculator: Calculator) -> AnyView {
    let mark = match line.basis {
        Basis::Published => "",
        Basis::Derived => "derived",
        Basis::Assumed => "assumed",
        Basis::Own => "own",
    };
    let workload = line.workload.and_then(|place| {
        calculator.inputs.with(|inputs| {
            let row = inputs.workloads.rows().get(place)?;
            Some(view! { <span class="with">{row.name.clone()}</span> })
        })
    });
    let open = explained.get() == Some(place);
    let toggle = move || explained.set((!open).then_some(place));
    let details = open.then(|| {
        view! {
            <tr class="derivation">
                <td colspan=COLUMNS>
                    <p>{explain::derivation(line)}</p>
                    {price_of(line, calculator)}
                </td>
            </tr>
        }
    });
    view! {
        <tr data-meter=line.meter>
            <th scope="row">
                <button type="button" aria-expanded=open.to_string() on:click=press(toggle)>
                    {line.name}
                </button>
                " "
                <span class="mark">{mark}</span>
                {workload}
            </th>
            <td class="quantity">{explain::quantity(line)}</td>
            <td class="number">{format::unit_price(line.unit_price)}</td>
            <td class="source">{calculator.book.with(|book| source(line, book))}</td>
            <td class="number">{format::usd(line.amount())}</td>
        </tr>
        {details}
    }
    .into_any()
}

/// Where the price of a line comes from, and where it can be changed.
fn price_of(line: &Line, calculator: Calculator) -> AnyView {
    match line.source {
        Source::Row(id) => calculator.book.with(|book| row_of(book, id, calculator)),
        Source::Input(path) => Field::find(path)
            .map(|field| {
                view! {
                    <p>{format!("It is your own figure: {}. ", field.label)}</p>
                    <button type="button" on:click=press(move || go_to(field))>
                        "Change it"
                    </button>
                }
            })
            .into_any(),
        Source::Model(_) => {
            view! { <p>"The hours are our estimate: see below how they come about."</p> }.into_any()
        }
    }
}

/// A row of the price book: what it says, who says so, and a field for the user's own price.
fn row_of(book: &PriceBook, id: RowId, calculator: Calculator) -> AnyView {
    let row = book.row(id);
    let info = row.meter.info();
    let value = row.value.unwrap_or_default();
    let (meter, region) = (row.meter, row.region);
    let unit = (info.unit)();
    let told = RwSignal::new(String::new());
    let typed = move |event: Event| {
        let text = event_target_value(&event);
        match format::parse_quantity(&text, "") {
            Some(x) if (info.accepts)(x) => {
                told.set(String::new());
                calculator.set_price(meter, region, Some(x));
            }
            _ => {
                let allowed = [info.range(), ", ", &(info.unit)()].concat();
                told.set(format::refused(&text, &allowed));
            }
        }
    };
    let note = (!row.note.is_empty()).then(|| format!("Note: {}", row.note));
    let city = if row.city.is_empty() {
        String::new()
    } else {
        format!(" in {}", row.city)
    };
    let says = format!(
        "Price book: {}, {} {unit}{city}; confidence {}.",
        info.id,
        format::editable(value),
        row.confidence.name()
    );
    let back = (row.confidence == Confidence::Own).then(|| {
        view! {
            <button type="button" on:click=press(move || calculator.set_price(meter, region, None))>
                "Back to the book\u{2019}s"
            </button>
        }
    });
    view! {
        <p>{says}</p>
        {note.map(|note| view! { <p class="note">{note}</p> })}
        <p class="actions">
            <label for="own-price">"Your own price"</label>
            <span class="typed">
                <input
                    type="text"
                    id="own-price"
                    autocomplete="off"
                    prop:value=format::editable(value)
                    on:change=heard(typed)
                />
                <span class="unit">{unit}</span>
            </span>
            {back}
        </p>
        <p class="message" role="alert">
            {told}
        </p>
    }
    .into_any()
}

/// The page and the day behind a price, as a link where there is a page.
fn source(line: &Line, book: &PriceBook) -> impl IntoView + use<> {
    let id = match line.source {
        Source::Row(id) => id,
        Source::Model(_) => return EitherOf3::B("our estimate, below"),
        Source::Input(_) => return EitherOf3::A(explain::source(line, book)),
    };
    let row: &Row = book.row(id);
    let read = row
        .read
        .as_ref()
        .map(ToString::to_string)
        .unwrap_or_default();
    if row.page.is_empty() {
        return EitherOf3::B("unsourced, from memory");
    }
    EitherOf3::C(view! {
        <a href=row.page.clone() target="_blank" rel="noopener noreferrer">
            {host_of(&row.page).to_owned()}
        </a>
        {format!(", {read}")}
    })
}

/// Whose page it is.
pub(super) fn host_of(page: &str) -> &str {
    let bare = page.trim_start_matches("https://");
    bare.split('/').next().unwrap_or(bare)
}

/// How the hours come about: each calibration's sum, which one is taken, and the team's own figure.
#[component]
fn Hours(platform: Platform) -> impl IntoView {
    let calculator = Calculator::from_context();
    let class = platform.definition().people;
    let hours = |hours: f64| format!("{} h", format::number(format::to_two_digits(hours)));
    let own_field = if class.is_kubernetes() {
        at::team::ops_hours_per_week::kubernetes
    } else {
        at::team::ops_hours_per_week::serverless
    };
    let own = Memo::new(move |_| calculator.inputs.with(|inputs| own_field.number(inputs)));
    let rows = Calibration::ALL.into_iter().map(|calibration| {
        let taken = Memo::new(move |_| {
            own.get().is_none()
                && calculator
                    .inputs
                    .with(|inputs| inputs.people.calibration == calibration)
        });
        let take = move |_| {
            calculator.change(Vec::new(), |inputs| {
                inputs.people.calibration = calibration;
                forget_own(platform, inputs);
            });
        };
        let sum = move || {
            if calibration == Calibration::Middle {
                return "the geometric mean of the three".to_owned();
            }
            calculator
                .inputs
                .with(|inputs| explain::hours(&people::formula(class, calibration, inputs)))
        };
        let week = move || {
            calculator.inputs.with(|inputs| {
                let mut inputs = inputs.clone();
                forget_own(platform, &mut inputs);
                people::under(class, calibration, &inputs).map_or(String::new(), hours)
            })
        };
        let (_, name) = Calibration::OPTIONS[calibration as usize];
        view! {
            <tr aria-current=move || taken.get().then_some("true")>
                <th scope="row">
                    <label>
                        <input
                            type="radio"
                            name="calibration"
                            disabled=calculator.is_locked(at::people::calibration.path)
                            prop:checked=taken
                            on:change=heard(take)
                        />
                        {name}
                    </label>
                </th>
                <td>{sum} <Figures platform calibration /></td>
                <td class="number">{week}</td>
            </tr>
        }
    });
    let comes_to = move || {
        calculator.inputs.with(|inputs| {
            let week = people::on(platform, inputs).total();
            let rate = inputs.team.rate_usd_per_hour;
            format!(
                "{} a week \u{d7} {} weeks \u{d7} ${} an hour is {} a month.",
                hours(week),
                format::number(format::to_two_digits(WEEKS_PER_MONTH)),
                format::number(rate),
                format::usd_estimated(plimsoll_model::units::Usd::of(
                    week * WEEKS_PER_MONTH * rate
                ))
            )
        })
    };
    view! {
        <details class="hours-of" open>
            <summary>"People: our estimate"</summary>
            <table class="calibrations">
                <thead>
                    <tr>
                        <th scope="col">"Estimated by"</th>
                        <th scope="col">"Fixed, for each engineer, for each service"</th>
                        <th scope="col" class="number">
                            "A week"
                        </th>
                    </tr>
                </thead>
                <tbody>
                    {rows.collect_view()}
                    <tr aria-current=move || own.get().map(|_| "true")>
                        <th scope="row">"Our own hours"</th>
                        <td>{bare_number(own_field, None, calculator)}</td>
                        <td class="number">{move || own.get().map_or(String::new(), hours)}</td>
                    </tr>
                </tbody>
            </table>
            <p class="note">{comes_to}</p>
        </details>
    }
}

/// Takes away the team's own figure for the side of a platform.
fn forget_own(platform: Platform, inputs: &mut Inputs) {
    let own = &mut inputs.team.ops_hours_per_week;
    if platform.is_kubernetes() {
        own.kubernetes = None;
    } else {
        own.serverless = None;
    }
}

/// The figures of a calibration, to be changed.
#[component]
fn Figures(platform: Platform, calibration: Calibration) -> impl IntoView {
    let calculator = Calculator::from_context();
    let figures: Vec<_> = platform.definition().people.figures(calibration).collect();
    let opened = RwSignal::new(false);
    let fields = move || {
        opened.get().then(|| {
            let fields = platform.definition().people.figures(calibration);
            let field = |figure: &'static plimsoll_model::inputs::Assumption| {
                view! {
                    <li>
                        <span>{figure.field.label}</span>
                        {bare_number(&figure.field, None, calculator)}
                    </li>
                }
            };
            view! { <ul class="figures">{fields.map(field).collect_view()}</ul> }
        })
    };
    (!figures.is_empty()).then(|| {
        view! {
            <button
                type="button"
                class="change"
                aria-expanded=move || opened.get().to_string()
                on:click=press(move || opened.update(|opened| *opened = !*opened))
            >
                "Change"
            </button>
            {fields}
        }
    })
}
