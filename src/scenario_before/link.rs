//! Inputs as the text behind the `#` of an address, and back: `v=1&requests=3e6&latency=80&region=europe`.
//!
//! A link holds what differs from the defaults, and it opens for ever: a name in `NAMES` is never taken away and never
//! given to another input. Numbers are exact. A week's grid is carried in whole numbers, see [`whole_loads`].
//!
//! The last pair says with which price book a link was made: its newest day. Own prices are
//! `prices=aws/eks/cluster:us:0.08,fly/egress:all:0.01`, ranges `ranges=latency:50..90,requests:1e6..3e6`.
//!
//! All characters are such that no program cuts a link at them. A link that would be longer than [`LONGEST`] has the
//! short names, and numbers of many digits in another notation; it is the same format, and both may stand in one link.
//!
//! Reading makes an object of a scenario file out of the pairs, so that ranges and notices are those of files.

use super::{
    Notice, Reader, VERSION, changes, few,
    json::{Map, Value},
    lists, value_of,
};
use crate::{
    format,
    model::{
        inputs::{Field, Inputs, Kind, fields},
        prices::{Read, region_group},
        traffic,
    },
};

/// The longest text that is read, in bytes: more than any scenario takes, see the test.
pub const TEXT_LIMIT: usize = 128 * 1024;

/// The name of the pair that says which price book a link was made with.
const BOOK: &str = "book";

/// How long a link may be with names and numbers that people read; programs cut addresses at 2,000 characters.
pub const LONGEST: usize = 1_900;

/// The largest whole number that an hour of a grid has in a link: what two digits can write.
pub const MOST_LOAD: f64 = 62.0 * 62.0 - 1.0;

/// The digits of whole numbers. Letters come first: so a number's bits never begin like a number that people write.
const DIGITS: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/// How many digits the bits of a number take.
const BITS: usize = 11;

/// The names of every input, a line each: its path, its name in links, and its name in links that would be too long.
///
/// One text: a table of texts would be larger to download.
const NAMES: &str = "\
region region rg
http.requests_per_month requests rq
http.latency_ms latency la
http.cpu_ms cpu cp
http.concurrency concurrency cc
http.response_kb response rs
growth_percent_per_month growth gw
traffic.shape shape sh
traffic.cv2 burst bu
instance.vcpu vcpu vc
instance.memory_gib memory me
instance.startup_s startup su
min_instances min_instances mi
slo_ms slo sl
services services sv
workers.count workers wk
workers.vcpu worker.vcpu wv
workers.memory_gib worker.memory wm
workers.hours_per_month worker.hours wh
jobs.runs_per_month jobs jr
jobs.minutes job.minutes jm
jobs.vcpu job.vcpu jv
jobs.memory_gib job.memory jg
cluster.node_vcpu node.vcpu nv
cluster.spare_nodes spare_nodes sn
cluster.consolidation consolidation cd
buy.commitment commitment cm
buy.coverage coverage cv
buy.spot spot sp
buy.arm arm ar
buy.discount_percent.aws discount.aws da
buy.discount_percent.google-cloud discount.google-cloud dg
buy.discount_percent.azure discount.azure dz
buy.discount_percent.fly discount.fly df
buy.discount_percent.railway discount.railway dw
buy.discount_percent.render discount.render dr
team.engineers engineers en
team.fluent fluent fl
team.rate_usd_per_hour rate rt
team.ops_hours_per_week.kubernetes ops.kubernetes ok
team.ops_hours_per_week.serverless ops.serverless os
team.platform_team platform_team pt
team.existing_cluster existing_cluster ec
team.on_call on_call oc
options.free_tier free_tier ft
needs.gpu gpu gp
needs.gpu_nodes gpu_nodes gn
needs.local_state local_state ls
needs.stateful stateful sf
needs.mesh mesh ms
needs.chatty_services chatty ch
needs.isolation isolation is
needs.hostile_tenants hostile_tenants ht
needs.private_network private_network pn
needs.udp_or_tcp udp_or_tcp ut
needs.windows windows wi
needs.privileged privileged pr
needs.long_request_s long_request lr
needs.multi_cloud multi_cloud mc
needs.pipeline pipeline pl
needs.event_driven event_driven ev
needs.cold_starts_ok cold_starts cs
connections.count connections cn
connections.seconds connection.seconds co
already_on already_on ao
options.surroundings surroundings sr
surroundings.load_balancer load_balancer lb
surroundings.public_ipv4 ipv4 ip
surroundings.nat nat na
surroundings.egress egress eg
surroundings.logs logs lo
surroundings.registry registry re
surroundings.monitoring monitoring mo
assumptions.target_cpu a.target_cpu Tc
assumptions.target_concurrency a.target_concurrency Tn
assumptions.headroom a.headroom Hr
assumptions.startup_spread a.startup_spread St
assumptions.idle_share a.idle_share Is
assumptions.requests_padding a.requests_padding Rp
assumptions.sidecar_vcpu a.sidecar_vcpu Sv
assumptions.sidecar_gib a.sidecar_gib Sg
assumptions.zones a.zones Zo
assumptions.log_kb_per_request a.log_kb_per_request Lr
assumptions.log_gb_per_instance_month a.log_gb_per_instance_month Li
assumptions.requests_per_connection a.requests_per_connection Rc
assumptions.nat_kb_per_request a.nat_kb_per_request Nr
assumptions.registry_gb a.registry_gb Rg
assumptions.daemonset_vcpu a.daemonset_vcpu Dv
assumptions.daemonset_gib a.daemonset_gib Dg
assumptions.monitoring_vcpu a.monitoring_vcpu Mv
assumptions.monitoring_gib a.monitoring_gib Mg
assumptions.monitoring_disk_gb a.monitoring_disk_gb Md
assumptions.fly_shared_cpu a.fly_shared_cpu Fc
assumptions.kubernetes_fixed a.kubernetes_fixed Kf
assumptions.managed_kubernetes_fixed a.managed_kubernetes_fixed Mf
assumptions.kubernetes_per_engineer a.kubernetes_per_engineer Ke
assumptions.kubernetes_per_service a.kubernetes_per_service Ks
assumptions.joined_per_engineer a.joined_per_engineer Je
assumptions.joined_per_service a.joined_per_service Js
assumptions.fargate_fixed a.fargate_fixed Ff
assumptions.fargate_per_engineer a.fargate_per_engineer Fe
assumptions.fargate_per_service a.fargate_per_service Fs
assumptions.container_apps_fixed a.container_apps_fixed Cf
assumptions.container_apps_per_engineer a.container_apps_per_engineer Ce
assumptions.container_apps_per_service a.container_apps_per_service Cs
assumptions.serverless_fixed a.serverless_fixed Sf
assumptions.serverless_per_engineer a.serverless_per_engineer Se
assumptions.serverless_per_service a.serverless_per_service Ss
assumptions.fluency_none a.fluency_none F0
assumptions.fluency_one a.fluency_one F1
assumptions.fluency_two a.fluency_two F2
assumptions.fluency_three a.fluency_three F3
assumptions.environment_share a.environment_share Es
assumptions.on_call_share a.on_call_share Oc
assumptions.hours_per_engineer a.hours_per_engineer He
assumptions.move_weeks a.move_weeks Mw
assumptions.move_weeks_per_service a.move_weeks_per_service Ms
assumptions.move_overlap_months a.move_overlap_months Mo
assumptions.setup_weeks_kubernetes a.setup_weeks_kubernetes Wk
assumptions.setup_weeks_serverless a.setup_weeks_serverless Ws
assumptions.efficiency_gain a.efficiency_gain Eg
assumptions.uncertainty_of_assumed a.uncertainty_of_assumed Ua
assumptions.uncertainty_of_model a.uncertainty_of_model Um
traffic.grid grid gr
environments env nt
prices prices px
ranges ranges rn";

/// The three names of every input.
fn names() -> impl Iterator<Item = [&'static str; 3]> {
    NAMES.split('\n').map(|line| {
        let mut names = line.split(' ');
        [(); 3].map(|()| names.next().unwrap_or_default())
    })
}

/// Whether the text behind the `#` of an address claims to be a scenario.
pub fn is_link(fragment: &str) -> bool {
    pairs(fragment).any(|pair| pair.starts_with("v="))
}

/// The pairs of a link, with or without its `#`.
fn pairs(text: &str) -> impl Iterator<Item = &str> {
    let text = text.trim();
    let text = text.strip_prefix('#').unwrap_or(text);
    text.split('&').filter(|pair| !pair.is_empty())
}

// Writing.

/// The inputs as a link, without the `#`, with the day of the price book that they were compared with.
pub fn write(inputs: &Inputs, book_day: &str) -> String {
    let link = write_with(inputs, book_day, 1);
    if link.len() > LONGEST {
        write_with(inputs, book_day, 2)
    } else {
        link
    }
}

/// A link with the names of a column.
fn write_with(inputs: &Inputs, book_day: &str, column: usize) -> String {
    let mut link = String::from("v=");
    push_number(&mut link, VERSION as f64, column);
    for field in changes(inputs, fields::all()) {
        push_name(&mut link, field.path, column);
        match value_of(field, inputs) {
            Value::Bool(flag) => link.push(if flag { '1' } else { '0' }),
            Value::String(text) => link.push_str(&text),
            value => match value.as_f64() {
                Some(x) => push_number(&mut link, x, column),
                None => link.push_str("null"),
            },
        }
    }
    if traffic::usable(&inputs.traffic.grid) {
        push_name(&mut link, lists::GRID, column);
        for load in whole_loads(&inputs.traffic.grid) {
            push_digits(&mut link, load as u64, 2);
        }
    }
    for (n, environment) in inputs.environments.iter().enumerate() {
        push_item(&mut link, lists::ENVIRONMENTS, n, column);
        push_text(&mut link, &environment.name);
        link.push(':');
        push_number(&mut link, environment.hours_per_week, column);
        link.push(':');
        push_number(&mut link, f64::from(environment.replicas), column);
    }
    for (n, price) in inputs.prices.iter().enumerate() {
        push_item(&mut link, lists::PRICES, n, column);
        // Names of meters have no character that would need an escape.
        link.push_str(price.meter.info().id);
        link.push(':');
        link.push_str(region_group(price.region));
        link.push(':');
        push_number(&mut link, price.value, column);
    }
    for (n, between) in inputs.ranges.iter().enumerate() {
        push_item(&mut link, lists::RANGES, n, column);
        link.push_str(name_of(between.path, column));
        link.push(':');
        push_number(&mut link, between.low, column);
        link.push_str("..");
        push_number(&mut link, between.high, column);
    }
    if Read::parse(book_day).is_some() {
        push_name(&mut link, BOOK, column);
        link.push_str(book_day);
    }
    link
}

/// What stands before an item of a list: the name of the list, or a comma.
fn push_item(link: &mut String, path: &'static str, place: usize, column: usize) {
    if place == 0 {
        push_name(link, path, column);
    } else {
        link.push(',');
    }
}

fn push_name(link: &mut String, path: &'static str, column: usize) {
    link.push('&');
    link.push_str(name_of(path, column));
    link.push('=');
}

fn name_of(path: &'static str, column: usize) -> &'static str {
    let row = names().find(|row| row[0] == path);
    row.map_or(path, |row| row[column])
}

/// The shorter of `0.05` and `3e6`, both of which give the very same number when they are read.
fn push_number(link: &mut String, x: f64, column: usize) {
    let (plain, power) = (format!("{x}"), format!("{x:e}"));
    let text = if power.len() < plain.len() {
        power
    } else {
        plain
    };
    if column == 2 && text.len() > BITS {
        push_digits(link, x.to_bits(), BITS);
    } else {
        link.push_str(&text);
    }
}

fn push_digits(link: &mut String, mut number: u64, count: usize) {
    let mut digits = [0; BITS];
    for digit in &mut digits[..count] {
        *digit = DIGITS[(number % 62) as usize];
        number /= 62;
    }
    link.extend(digits[..count].iter().rev().map(|digit| *digit as char));
}

fn push_text(link: &mut String, text: &str) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            link.push(byte as char);
        } else {
            link.push('%');
            for half in [byte >> 4, byte & 15] {
                link.push(b"0123456789ABCDEF"[usize::from(half)] as char);
            }
        }
    }
}

/// The loads of a grid as a link carries them: whole numbers up to [`MOST_LOAD`].
///
/// A grid of such numbers stays as it is. Any other is scaled so that its largest hour has the largest number, and
/// rounded: no hour moves by more than 0.02 % of the largest.
pub fn whole_loads(grid: &[f64]) -> Vec<f64> {
    if grid
        .iter()
        .all(|load| load.fract() == 0.0 && *load <= MOST_LOAD)
    {
        return grid.to_vec();
    }
    let most = grid.iter().copied().fold(0.0, f64::max);
    grid.iter()
        .map(|load| (load / most * MOST_LOAD).round())
        .collect()
}

// Reading.

/// Reads a link, with or without its `#`. What is missing is the default; what is wrong is the nearest legal value, with a
/// notice. Characters that are not seen, such as those that turn the direction of writing, are left out.
pub fn read(text: &str) -> (Inputs, Vec<Notice>) {
    let mut inputs = Inputs::default();
    if text.len() > TEXT_LIMIT {
        let found = format!("{} bytes", text.len());
        let notice = Notice::new("link", found, format!("at most {TEXT_LIMIT} bytes"));
        return (inputs, vec![notice]);
    }
    let mut notices = Vec::new();
    let mut object = Map::new();
    for pair in pairs(text) {
        let (key, raw) = pair.split_once('=').unwrap_or((pair, ""));
        let key = decode("link", key, &mut notices);
        if key == BOOK {
            continue;
        }
        let Some(path) = path_of(&key) else {
            let allowed = "names such as requests, latency, cpu and region";
            let name = if key.is_empty() { pair } else { &key };
            tell(&mut notices, &cut(name), "not an input", allowed);
            continue;
        };
        let value = value_at(path, raw, &mut notices);
        if object.insert(path.to_owned(), value).is_some() {
            tell(
                &mut notices,
                path,
                "more than one",
                "one; the last was taken",
            );
        }
    }
    if !object.contains_key("v") {
        tell(&mut notices, "v", "missing", "1, the version of the format");
    }
    let mut reader = Reader::of(&mut inputs);
    // An input's whole path is a key of its own to the reader.
    reader.object("", &object);
    notices.extend(reader.finish());
    (inputs, few(notices))
}

/// The day of the price book that a link was made with, if it says one.
pub fn book_of(fragment: &str) -> Option<String> {
    let days = pairs(fragment).filter_map(|pair| pair.strip_prefix("book="));
    let day = decode(BOOK, days.last()?, &mut Vec::new());
    Read::parse(&day).map(|_| day)
}

/// The path of an input by any of its names.
fn path_of(name: &str) -> Option<&'static str> {
    if name == "v" {
        return Some("v");
    }
    let row = names().find(|row| row.contains(&name));
    row.map(|row| row[0])
}

/// The value of an input as a scenario file has it.
fn value_at(path: &str, raw: &str, notices: &mut Vec<Notice>) -> Value {
    if path == lists::ENVIRONMENTS {
        return items(path, raw, ["name", "hours_per_week", "replicas"], notices);
    }
    if path == lists::PRICES {
        return items(path, raw, ["meter", "region", "value"], notices);
    }
    if path == lists::RANGES {
        return ranges(raw, notices);
    }
    let text = decode(path, raw, notices);
    if path == lists::GRID {
        return grid(&text, notices);
    }
    let flag = Field::find(path).is_some_and(|field| matches!(field.kind, Kind::Flag { .. }));
    match text.as_str() {
        "1" | "yes" | "true" if flag => true.into(),
        "0" | "no" | "false" if flag => false.into(),
        "null" => Value::Null,
        _ => number_or_text(text),
    }
}

/// A number in either notation; whatever is none stays a text, for the notice.
fn number_or_text(text: String) -> Value {
    let number = match text.as_bytes() {
        bits @ [b'A'..=b'Z', ..] if bits.len() == BITS => digits(bits).map(f64::from_bits),
        _ => format::parse_number(&text),
    };
    match number {
        Some(x) if x.is_finite() => Value::from(x),
        _ => text.into(),
    }
}

fn digits(text: &[u8]) -> Option<u64> {
    text.iter().try_fold(0_u64, |number, digit| {
        let place = DIGITS.iter().position(|known| known == digit)?;
        number.checked_mul(62)?.checked_add(place as u64)
    })
}

fn grid(text: &str, notices: &mut Vec<Notice>) -> Value {
    let (hours, rest) = text.as_bytes().as_chunks::<2>();
    let loads: Option<Vec<Value>> = hours
        .iter()
        .map(|hour| digits(hour).map(Value::from))
        .collect();
    match loads {
        Some(loads) if rest.is_empty() && [0, traffic::HOURS].contains(&loads.len()) => {
            loads.into()
        }
        _ => {
            let allowed = "336 letters and digits, two for each hour of a week";
            tell(notices, lists::GRID, &cut(text), allowed);
            Value::Array(Vec::new())
        }
    }
}

/// The items of a list, of three parts each; the first of them is a text.
fn items(path: &str, raw: &str, keys: [&str; 3], notices: &mut Vec<Notice>) -> Value {
    let whole = whole(path, raw);
    let all = whole.split(',').filter(|one| !one.is_empty());
    all.map(|one| {
        let mut object = Map::new();
        for (n, part) in one.splitn(3, ':').enumerate() {
            let text = decode(path, part, notices);
            let value = if n == 0 {
                text.into()
            } else {
                number_or_text(text)
            };
            object.insert(keys[n].to_owned(), value);
        }
        Value::Object(object)
    })
    .collect()
}

/// A list as it was written: a program that escapes the colons of a link has escaped everything once more.
fn whole(path: &str, raw: &str) -> String {
    if !raw.contains(':') {
        let once = decode(path, raw, &mut Vec::new());
        if once.contains(':') {
            return once;
        }
    }
    raw.to_owned()
}

/// Ranges by the names of their inputs.
fn ranges(raw: &str, notices: &mut Vec<Notice>) -> Value {
    let mut object = Map::new();
    for one in whole(lists::RANGES, raw)
        .split(',')
        .filter(|one| !one.is_empty())
    {
        let (name, ends) = one.split_once(':').unwrap_or((one, ""));
        let name = decode(lists::RANGES, name, notices);
        let ends = decode(lists::RANGES, ends, notices);
        let value = match ends.split_once("..") {
            Some((low, high)) => {
                let ends = [low, high].map(|end| number_or_text(end.to_owned()));
                Value::Array(ends.into())
            }
            None => ends.into(),
        };
        let path = path_of(&name).map_or(name, str::to_owned);
        if object.insert(path, value).is_some() {
            tell(
                notices,
                lists::RANGES,
                &cut(one),
                "one range for an input; the last was taken",
            );
        }
    }
    Value::Object(object)
}

/// A text without its escapes, and without what is not seen. An escape that is none stays, with a notice.
fn decode(at: &str, raw: &str, notices: &mut Vec<Notice>) -> String {
    let mut bytes = Vec::with_capacity(raw.len());
    let mut sound = true;
    let mut rest = raw.as_bytes();
    while let [first, behind @ ..] = rest {
        rest = behind;
        let escaped = (*first == b'%').then(|| escape(behind));
        if let Some(Some(byte)) = escaped {
            bytes.push(byte);
            rest = &behind[2..];
        } else {
            sound &= escaped.is_none();
            bytes.push(*first);
        }
    }
    let text = String::from_utf8(bytes).unwrap_or_else(|_| {
        sound = false;
        raw.to_owned()
    });
    if !sound {
        let allowed = "% only before two hexadecimal digits, and characters in UTF-8";
        tell(notices, at, &cut(raw), allowed);
    }
    seen(&text, usize::MAX)
}

/// The byte of an escape, by the digits behind its sign.
fn escape(digits: &[u8]) -> Option<u8> {
    let digit = |place: usize| (*digits.get(place)? as char).to_digit(16);
    u8::try_from(digit(0)? * 16 + digit(1)?).ok()
}

/// Whether a character is not seen itself, but may change how others are.
fn hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn tell(notices: &mut Vec<Notice>, at: &str, found: &str, allowed: &str) {
    notices.push(Notice::new(at, found, allowed));
}

/// So many characters of a text, without those that are not seen.
pub(super) fn seen(text: &str, most: usize) -> String {
    text.chars().filter(|c| !hidden(*c)).take(most).collect()
}

/// The beginning of a text, to be shown.
pub(super) fn cut(text: &str) -> String {
    seen(text, 60)
}
