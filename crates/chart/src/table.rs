//! Every platform in one table that is the chart of monthly cost, too: what infrastructure costs as a bar, how many hours a week
//! it takes as a dot with what is likely beside it, and the total of both; serverless and Kubernetes apart, the cheapest first.

use super::{
    Chart, Table,
    scene::{Align, Dash, Label, Scene},
    theme::Theme,
};
use plimsoll_model::{
    Assessment, Fit,
    bill::{Bill, Refusal},
    decide::{Shape, tie},
    inputs::Inputs,
    people,
    platform::Platform,
    units::Usd,
    vendor::Vendor,
};
use plimsoll_wording::{explain, format};

/// Platforms of a group that are shown at once, unless more of them tie.
const FIRST: usize = 4;
/// Hours a week of one engineer, as the page says it.
pub const ENGINEER_HOURS: f64 = 40.0;

/// How a row stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is the answer.
    Answer,
    /// It ties with the answer.
    Tie,
    /// It could be taken.
    Open,
    /// It can't be taken: closed, or on a cloud that may not be used.
    Out,
}

/// A platform that has a bill.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Which.
    pub platform: Platform,
    /// How it stands.
    pub standing: Standing,
    /// What is to be known beside its name; empty where nothing is.
    pub note: String,
    /// US dollars a month.
    pub infrastructure: Usd,
    /// Engineering time, hours a week.
    pub hours: f64,
    /// Between which hours a week it probably lies: what 10 of 100 estimates are at or below, and what 90 are.
    pub likely: (f64, f64),
    /// With people, US dollars a month.
    pub total: Usd,
}

impl Row {
    /// The total in words.
    pub fn total_text(&self) -> String {
        format!("\u{2248}\u{a0}{}", format::usd_estimated(self.total))
    }

    /// The hours in digits; the head of their column has the unit.
    pub fn hours_text(&self) -> String {
        format::number(format::to_two_digits(self.hours))
    }

    /// The hours that are likely, in words; empty where there is no doubt.
    pub fn likely_text(&self) -> String {
        let [low, high] =
            [self.likely.0, self.likely.1].map(|h| format::number(format::to_two_digits(h)));
        if low == high {
            String::new()
        } else {
            format!("likely {low} to {high}")
        }
    }
}

/// Rows that belong together.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Group {
    /// Its name.
    pub name: &'static str,
    /// What is to be known of it as a whole; empty where nothing is.
    pub note: String,
    /// Its rows, the cheapest first.
    pub rows: Vec<Row>,
    /// How many of them are to be shown at once, by their standing.
    pub wanted: usize,
    /// How many of them are shown at once.
    pub first: usize,
    /// What stands for the others; empty where there are none.
    pub more: String,
}

/// A platform that can't run the workload, or has no price.
#[derive(Clone, Debug, PartialEq)]
pub struct Refused {
    /// Which.
    pub platform: Platform,
    /// Why, in a sentence.
    pub reason: String,
    /// The page that says so; empty where there is none.
    pub page: &'static str,
}

/// The table of all platforms.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CostTable {
    /// What it is a table of.
    pub title: String,
    /// Serverless, Kubernetes, and what is on clouds that may not be used.
    pub groups: [Group; 3],
    /// What has no bill.
    pub refused: Vec<Refused>,
    /// Dollars at the end of the bars.
    pub dollars_end: f64,
    /// Hours a week at the end of the dots.
    pub hours_end: f64,
}

impl CostTable {
    /// The table of an assessment.
    pub fn of(inputs: &Inputs, assessment: &Assessment) -> Self {
        let comparison = &assessment.comparison;
        let (mut groups, mut refused): ([Group; 3], Vec<Refused>) = Default::default();
        for platform in comparison.ranked.iter().copied() {
            match comparison.quote(platform) {
                Ok(_) => {
                    let allowed = inputs.clouds.allow(platform.vendor());
                    let group = if allowed {
                        usize::from(platform.is_kubernetes())
                    } else {
                        2
                    };
                    groups[group].rows.push(row(platform, inputs, assessment));
                }
                Err(refusal) => refused.push(Refused {
                    platform,
                    reason: explain::refusal(refusal),
                    page: match refusal {
                        Refusal::CannotRun(cannot) => cannot.page,
                        Refusal::NoPrice(_) => "",
                    },
                }),
            }
        }
        let most = |of: fn(&Row) -> f64| {
            let rows = groups.iter().flat_map(|group| &group.rows);
            rows.map(of).fold(0.0, f64::max)
        };
        let dollars_end = most(|row| row.infrastructure.get());
        let hours_end = most(|row| row.likely.1).max(ENGINEER_HOURS);
        let [serverless, kubernetes, elsewhere] = &mut groups;
        serverless.name = "Serverless";
        kubernetes.name = "Kubernetes";
        elsewhere.name = "On clouds you ruled out";
        for group in [serverless, kubernetes] {
            group.fold(assessment);
        }
        if !elsewhere.rows.is_empty() {
            elsewhere.more = ruled_out(&elsewhere.rows, assessment);
        }
        Self {
            title: title(inputs),
            groups,
            refused,
            dollars_end,
            hours_end,
        }
    }

    /// The row of a platform that has a bill.
    pub fn row(&self, platform: Platform) -> Option<&Row> {
        self.rows().find(|row| row.platform == platform)
    }

    /// All rows that have a bill, those that may be taken first.
    pub fn rows(&self) -> impl Iterator<Item = &Row> {
        self.groups.iter().flat_map(|group| &group.rows)
    }

    /// Where the bar of a row ends, from 0 to 1.
    pub fn bar(&self, row: &Row) -> f64 {
        share(row.infrastructure.get(), self.dollars_end)
    }

    /// Where the dot of a row is, and between which ends the likely hours are, from 0 to 1.
    pub fn dot(&self, row: &Row) -> (f64, (f64, f64)) {
        let at = |hours| share(hours, self.hours_end);
        (at(row.hours), (at(row.likely.0), at(row.likely.1)))
    }
}

fn share(x: f64, end: f64) -> f64 {
    if end > 0.0 {
        (x / end).clamp(0.0, 1.0)
    } else {
        0.0
    }
}

impl Group {
    /// Shows that many rows at once, in place of what their standing asks for.
    pub fn hold(&mut self, first: usize) {
        self.first = first.min(self.rows.len());
        self.tell_more();
    }

    fn tell_more(&mut self) {
        let rest = self.rows.get(self.first..).unwrap_or_default();
        self.more = rest.first().map_or(String::new(), |next| {
            format!("{} more from {}", rest.len(), next.total_text())
        });
    }

    /// Decides how many rows are shown at once: the first, and all that tie.
    fn fold(&mut self, assessment: &Assessment) {
        let of_tie = |row: &Row| matches!(row.standing, Standing::Answer | Standing::Tie);
        let tied = self
            .rows
            .iter()
            .rposition(of_tie)
            .map_or(0, |last| last + 1);
        self.first = tied.max(FIRST);
        // A line that stands for one row is no shorter than the row.
        if self.first + 1 >= self.rows.len() {
            self.first = self.rows.len();
        }
        self.wanted = self.first;
        self.tell_more();
        let verdict = &assessment.verdict;
        let tied = self.rows.iter().filter(|row| of_tie(row)).count();
        if verdict.too_close() && tied > 1 {
            let spread = format::usd_about(assessment.comparison.spread(&verdict.group));
            self.note = format!("{tied} tie within {spread}");
        }
    }
}

/// What stands for the platforms on clouds that may not be used.
fn ruled_out(rows: &[Row], assessment: &Assessment) -> String {
    let count = format::number(rows.len() as f64);
    let mut text = format!("{count} on clouds you ruled out");
    if let Some(elsewhere) = assessment
        .verdict
        .elsewhere
        .filter(|it| it.saving > Usd::ZERO)
    {
        text += &format!(
            ": the cheapest, {}, would save {}",
            elsewhere.platform.name(),
            format::usd_estimated(elsewhere.saving)
        );
    }
    text
}

/// Where the platforms run.
fn title(inputs: &Inputs) -> String {
    let names: Vec<&str> = inputs.clouds.each().map(Vendor::name).collect();
    match names.len() {
        n if n == Vendor::ALL.len() => "On any cloud, a month".to_owned(),
        1..=3 => format!("On {}, a month", format::listed(&names)),
        n => format!("On {n} clouds, a month"),
    }
}

fn row(platform: Platform, inputs: &Inputs, assessment: &Assessment) -> Row {
    let bill = assessment.comparison.quote(platform);
    let of_bill = |of: fn(&Bill) -> Usd| bill.map_or(Usd::ZERO, of);
    let fit = assessment.fit(platform, inputs);
    let standing = match fit {
        Fit::Recommended => Standing::Answer,
        Fit::Ties => Standing::Tie,
        Fit::NotAllowed | Fit::Closed | Fit::CannotRun | Fit::NoPrice => Standing::Out,
        Fit::RunnerUp | Fit::Fits | Fit::Dearer(_) | Fit::RuledOut => Standing::Open,
    };
    Row {
        platform,
        standing,
        note: note(platform, fit, inputs, assessment),
        infrastructure: of_bill(Bill::infrastructure),
        hours: people::on(platform, inputs).total(),
        likely: tie::hours_likely(platform, inputs),
        total: of_bill(Bill::total),
    }
}

fn note(platform: Platform, fit: Fit, inputs: &Inputs, assessment: &Assessment) -> String {
    let vendor = platform.vendor().name();
    let several = inputs.clouds.each().nth(1).is_some();
    let said = platform.name().contains(vendor);
    let mut notes = Vec::new();
    if several && !said {
        notes.push(vendor);
    }
    if inputs.already_on == Some(platform) {
        notes.push("today");
    }
    if fit == Fit::Recommended && assessment.verdict.shape != Shape::Choose {
        notes.push("the answer");
    }
    if platform.has_nodes_without_kubernetes() {
        notes.push("you own the nodes");
    }
    match fit {
        Fit::Closed => notes.push("closed to new customers"),
        Fit::RuledOut => notes.push("a rule speaks against it"),
        _ => {}
    }
    notes.join(", ")
}

/// Height of a row, CSS pixels.
const ROW: f64 = 28.0;
/// That of a row in two lines.
const TALL: f64 = 44.0;
/// A table that is less wide than this has rows of two lines, CSS pixels.
const NARROW: f64 = 560.0;
/// Height of the heads of the columns.
const HEAD: f64 = 24.0;

/// Where the columns are in a picture so wide, CSS pixels.
struct Columns {
    is_narrow: bool,
    row: f64,
    /// The right end of the dollars, and where their bars begin and end.
    dollars: (f64, f64, f64),
    /// The right end of the hours, and where their dots may be.
    hours: (f64, f64, f64),
}

impl Columns {
    fn of(width: f64) -> Self {
        let is_narrow = width < NARROW;
        let (left, right) = if is_narrow {
            (8.0, width - 8.0)
        } else {
            (190.0, width - 100.0)
        };
        let middle = left + (right - left) * 0.52;
        Self {
            is_narrow,
            row: if is_narrow { TALL } else { ROW },
            dollars: (left + 60.0, left + 68.0, middle - 12.0),
            hours: (middle + 50.0, middle + 60.0, right),
        }
    }
}

impl Chart for CostTable {
    fn count(&self) -> usize {
        self.rows().count()
    }

    fn read_out(&self, row: usize) -> String {
        self.rows().nth(row).map_or(String::new(), |row| {
            let likely = row.likely_text();
            let likely = if likely.is_empty() {
                likely
            } else {
                format!(", {likely}")
            };
            format!(
                "{}: {} of infrastructure a month, {} hours a week{likely}; {} with people.",
                row.platform.name(),
                format::usd(row.infrastructure),
                format::number(format::to_two_digits(row.hours)),
                row.total_text()
            )
        })
    }

    fn hit(&self, width: f64, x: f64, y: f64) -> Option<usize> {
        let columns = Columns::of(width);
        let inside = (0.0..=width).contains(&x) && y.is_finite();
        let mut top = HEAD;
        let mut before = 0;
        for group in self.groups.iter().filter(|group| !group.rows.is_empty()) {
            top += ROW;
            let end = top + columns.row * group.rows.len() as f64;
            if inside && (top..end).contains(&y) {
                return Some(before + ((y - top) / columns.row) as usize);
            }
            (top, before) = (end, before + group.rows.len());
        }
        None
    }

    fn height(&self, width: f64) -> f64 {
        let groups = self.groups.iter().filter(|group| !group.rows.is_empty());
        HEAD + ROW * groups.count() as f64 + Columns::of(width).row * self.count() as f64 + 4.0
    }

    fn scene(&self, highlighted: Option<usize>, theme: &Theme, width: f64) -> Scene {
        let columns = Columns::of(width);
        let mut scene = Scene::new(width, theme);
        let head = |text: &str, x: f64, align| {
            Label::new(text, (x, HEAD / 2.0), align, theme.muted).small()
        };
        scene.label(head(
            "Infrastructure",
            columns.dollars.0 - 60.0,
            Align::Left,
        ));
        scene.label(head("Hours a week", columns.hours.0 - 46.0, Align::Left));
        if !columns.is_narrow {
            scene.label(head("With people", width - 6.0, Align::Right));
        }
        let (mut top, mut place) = (HEAD, 0);
        for (n, group) in self.groups.iter().enumerate() {
            if group.rows.is_empty() {
                continue;
            }
            let ends = [(0.0, top), (width, top)];
            scene.line(&ends, theme.text, 1.0, Dash::SOLID);
            let at = (24.0, top + ROW / 2.0);
            if n < 2 {
                let key = [(8.0, at.1 - 5.0), (18.0, at.1 + 5.0)];
                scene.rect(key, theme.side(n == 1));
            }
            scene.label(Label::new(group.name, at, Align::Left, theme.text).bold(true));
            top += ROW;
            for row in &group.rows {
                if highlighted == Some(place) {
                    scene.tint([(0.0, top), (width, top + columns.row)], theme.accent);
                }
                self.draw(row, top, &columns, &mut scene, theme);
                (top, place) = (top + columns.row, place + 1);
            }
        }
        scene
    }

    fn legend(&self, scene: &mut Scene, theme: &Theme, y: f64) -> f64 {
        let texts = [
            "Bar: published prices. Dot: hours a week, our estimate; line: 8 of 10 estimates.",
            "Upright line: 40 hours a week, one engineer.",
        ];
        scene.legend(&texts, theme, y)
    }

    fn table(&self) -> Table {
        let heads = [
            "Platform",
            "Infrastructure",
            "Hours a week",
            "Likely hours a week",
            "With people",
        ];
        let row = |row: &Row| {
            vec![
                row.platform.name().to_owned(),
                format::usd(row.infrastructure),
                format::number(format::to_two_digits(row.hours)),
                row.likely_text(),
                row.total_text(),
            ]
        };
        (
            heads.map(str::to_owned).to_vec(),
            self.rows().map(row).collect(),
        )
    }
}

impl CostTable {
    /// A row whose upper edge is at `top`.
    fn draw(&self, row: &Row, top: f64, columns: &Columns, scene: &mut Scene, theme: &Theme) {
        let width = scene.width;
        let (text, bar) = if columns.is_narrow {
            (top + 13.0, top + 32.0)
        } else {
            (top + ROW / 2.0, top + ROW / 2.0)
        };
        scene.hair((0.0, top), (width, top), theme.grid);
        let colour = theme.side(row.platform.is_kubernetes());
        let is_answer = row.standing == Standing::Answer;
        let ink = if row.standing == Standing::Out {
            theme.muted
        } else {
            theme.text
        };
        if is_answer {
            scene.mark((12.0, text), 4.5, theme);
        }
        let name = Label::new(row.platform.name(), (24.0, text), Align::Left, ink);
        scene.label(name.bold(is_answer));
        let total = Label::new(row.total_text(), (width - 6.0, text), Align::Right, ink);
        scene.label(total.bold(is_answer));
        let (right, from, to) = columns.dollars;
        let number = |text: String, right: f64| Label::new(text, (right, bar), Align::Right, ink);
        scene.label(number(format::usd_about(row.infrastructure), right));
        let end = from + (to - from) * self.bar(row);
        scene.rect(
            [(from, bar - 5.0), (end.max(from + 1.0), bar + 5.0)],
            colour,
        );
        let (right, from, to) = columns.hours;
        scene.label(number(row.hours_text(), right));
        let at = |share: f64| from + (to - from) * share;
        let engineer = at(share(ENGINEER_HOURS, self.hours_end));
        scene.hair((engineer, bar - 10.0), (engineer, bar + 10.0), theme.grid);
        let (dot, (low, high)) = self.dot(row);
        scene.line(&[(at(low), bar), (at(high), bar)], colour, 2.0, Dash::SOLID);
        scene.circle((at(dot), bar), 4.0, colour, 0.0);
    }
}
