//! What a cluster uses: `kubectl top pods`, `kubectl top nodes` and `kubectl describe nodes`, as they print it.
//!
//! Sources: <https://kubernetes.io/docs/reference/kubectl/generated/kubectl_top/>,
//! <https://kubernetes.io/docs/tasks/administer-cluster/reserve-compute-resources/>,
//! <https://kubernetes.io/docs/concepts/overview/working-with-objects/names/>; names of pods end with letters of
//! <https://pkg.go.dev/k8s.io/apimachinery/pkg/util/rand>.

use super::{File, Kind, Place, Reading, quantity};
use std::collections::{BTreeMap, HashMap, HashSet};

/// The share of nodes that may be asked for.
const SHARE: (f64, f64) = (0.05, 1.0);
/// How many times what they use pods may ask for.
const PADDING: (f64, f64) = (1.0, 10.0);
/// The letters of random names in a cluster: none that could make a word.
const LETTERS: &str = "bcdfghjklmnpqrstvwxz2456789";

/// What a pod of a workload asks for: vCPU and bytes, where the manifest says it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Asked {
    pub(crate) namespace: String,
    pub(crate) name: String,
    pub(crate) vcpu: Option<f64>,
    pub(crate) bytes: Option<f64>,
}

/// Whether a text is what one of these commands prints.
pub(crate) fn knows(text: &str) -> bool {
    let starts = |with: &str| text.lines().any(|line| line.starts_with(with));
    text.lines().any(|line| Columns::of(line).is_some())
        || (starts("Name:") && (starts("Allocatable:") || starts("Allocated resources:")))
}

/// Reads these files together, after the manifests.
pub(crate) fn read(files: &[File<'_>], reading: &mut Reading) {
    let mut found = Found::default();
    for file in files {
        let before = found.sizes();
        let unread = found.take(file);
        let at = |line: usize| (file.name.to_owned(), line);
        if found.sizes() == before {
            let text = "nothing in it can be read; allowed: what kubectl top pods, kubectl top nodes and kubectl describe nodes print";
            let line = unread.first().copied().unwrap_or(1);
            reading.tell(Kind::Wrong, &at(line), text);
        } else if let (Some(first), n) = (unread.first(), unread.len()) {
            let lines = if n == 1 { "line" } else { "lines" };
            let text = format!("kubectl: {n} {lines} without figures");
            reading.tell(Kind::LeftOut, &at(*first), text);
        }
    }
    nodes(&found, reading);
    pods(&found, reading);
}

/// Which columns of a table of `kubectl top` hold what.
#[derive(Clone, Copy)]
struct Columns {
    namespace: Option<usize>,
    name: usize,
    cpu: usize,
    memory: usize,
    of_nodes: bool,
    all: usize,
}

impl Columns {
    fn of(line: &str) -> Option<Self> {
        // A manifest may hold such a table, but not at the start of a line.
        if !["NAME", "POD"].iter().any(|with| line.starts_with(with)) {
            return None;
        }
        let heads: Vec<&str> = line.split_whitespace().collect();
        let of = |names: &[&str]| heads.iter().position(|head| names.contains(head));
        Some(Self {
            namespace: of(&["NAMESPACE"]),
            // With containers, their own names come after those of pods.
            name: of(&["POD"]).or(of(&["NAME"]))?,
            cpu: of(&["CPU(cores)"])?,
            memory: of(&["MEMORY(bytes)"])?,
            of_nodes: of(&["CPU%", "CPU(%)"]).is_some(),
            all: heads.len(),
        })
    }
}

/// A row of a table: where it is, what it is of, vCPU and bytes.
struct Used {
    at: Place,
    table: usize,
    namespace: Option<String>,
    name: String,
    vcpu: f64,
    bytes: f64,
}

/// A node: what pods may have of it and what they ask for, vCPU and bytes.
#[derive(Default)]
struct Node {
    at: Place,
    name: String,
    capacity: [Option<f64>; 2],
    allocatable: [Option<f64>; 2],
    asked: [Option<f64>; 2],
}

impl Node {
    /// What pods ask for and what they may have.
    fn share(&self, n: usize) -> Option<[f64; 2]> {
        let room = self.allocatable[n].or(self.capacity[n])?;
        Some([self.asked[n]?, room])
    }
}

/// What a line belongs to.
enum Part {
    Nothing,
    Table(Columns),
    /// A section of a node, by its name.
    Section(String),
}

#[derive(Default)]
struct Found {
    pods: Vec<Used>,
    tops: Vec<Used>,
    nodes: Vec<Node>,
    tables: usize,
}

impl Found {
    fn sizes(&self) -> [usize; 3] {
        let shown = self.nodes.iter().filter(|node| node.share(0).is_some());
        [self.pods.len(), self.tops.len(), shown.count()]
    }

    /// Takes a file in; gives the lines of tables that hold no figures.
    fn take(&mut self, file: &File<'_>) -> Vec<usize> {
        let mut part = Part::Nothing;
        let mut unread = Vec::new();
        for (n, line) in file.text.trim_start_matches('\u{feff}').lines().enumerate() {
            let at = || (file.name.to_owned(), n + 1);
            if let Some(columns) = Columns::of(line) {
                part = Part::Table(columns);
                self.tables += 1;
            } else if let Some(name) = line.strip_prefix("Name:") {
                part = Part::Section(String::new());
                self.nodes.push(Node {
                    at: at(),
                    name: name.trim().to_owned(),
                    ..Node::default()
                });
            } else if line.trim().is_empty() {
                if matches!(part, Part::Table(_)) {
                    part = Part::Nothing;
                }
            } else {
                match &mut part {
                    Part::Nothing => {}
                    Part::Table(columns) => {
                        if !self.row(*columns, line, at()) && !is_sum(line) {
                            unread.push(n + 1);
                        }
                    }
                    Part::Section(section) if !line.starts_with([' ', '\t']) => {
                        let (name, _) = line.split_once(':').unwrap_or((line, ""));
                        name.clone_into(section);
                    }
                    Part::Section(section) => self.of_node(section, line),
                }
            }
        }
        unread
    }

    /// Takes a row of a table in, if it has figures.
    fn row(&mut self, columns: Columns, line: &str, at: Place) -> bool {
        let words: Vec<&str> = line.split_whitespace().collect();
        let word = |n: usize| words.get(n).copied().unwrap_or_default();
        let (vcpu, bytes) = (
            quantity::parse(word(columns.cpu)),
            quantity::parse(word(columns.memory)),
        );
        let (Some(vcpu), Some(bytes)) = (vcpu, bytes) else {
            return false;
        };
        if words.len() < columns.all {
            return false;
        }
        let used = Used {
            at,
            table: self.tables,
            namespace: columns.namespace.map(|n| word(n).to_owned()),
            name: word(columns.name).to_owned(),
            vcpu,
            bytes,
        };
        if columns.of_nodes {
            self.tops.push(used);
        } else {
            self.pods.push(used);
        }
        true
    }

    /// Takes a line of a node's section in.
    fn of_node(&mut self, section: &str, line: &str) {
        let mut words = line.split_whitespace();
        let (Some(name), Some(size), Some(node)) =
            (words.next(), words.next(), self.nodes.last_mut())
        else {
            return;
        };
        let sizes = match section {
            "Capacity" => &mut node.capacity,
            "Allocatable" => &mut node.allocatable,
            "Allocated resources" => &mut node.asked,
            _ => return,
        };
        let [vcpu, bytes] = sizes;
        match name.trim_end_matches(':') {
            "cpu" => *vcpu = quantity::parse(size),
            "memory" => *bytes = quantity::parse(size),
            _ => {}
        }
    }
}

/// Whether a line is the sum below a table, or the rule above it.
fn is_sum(line: &str) -> bool {
    let is_part = |word: &str| word.starts_with("___") || quantity::parse(word).is_some();
    line.split_whitespace().all(is_part)
}

fn nodes(found: &Found, reading: &mut Reading) {
    // Of a node that is described twice the later one counts.
    let by_name: HashMap<&str, &Node> = found.nodes.iter().map(|of| (&*of.name, of)).collect();
    let mut seen = HashSet::new();
    let once = found.nodes.iter().filter(|of| seen.insert(&*of.name));
    let nodes: Vec<&Node> = once
        .filter_map(|of| by_name.get(&*of.name).copied())
        .collect();
    let sum = |n: usize| {
        let shares = nodes.iter().filter_map(|node| node.share(n));
        shares.fold((0, 0.0, 0.0), |(n, asked, room), share| {
            (n + 1, asked + share[0], room + share[1])
        })
    };
    let ((known, asked, room), (_, bytes, of_bytes)) = (sum(0), sum(1));
    if let Some(first) = nodes.first().filter(|_| room > 0.0) {
        let share = asked / room;
        let counted = share.clamp(SHARE.0, SHARE.1);
        reading.utilisation = Some(counted);
        let mut text = format!(
            "kubectl describe nodes: pods ask for {} of the CPU of {} ({} of {} vCPU that pods may have)",
            percent(share),
            counted_in_words(known, "node"),
            rounded(asked),
            rounded(room)
        );
        if of_bytes > 0.0 {
            let of_memory = percent(bytes / of_bytes);
            text.push_str(&format!(", and for {of_memory} of their memory"));
        }
        if counted != share {
            text.push_str(&format!("; {} counts", percent(counted)));
        }
        reading.tell(Kind::Understood, &first.at, text);
        for node in nodes.iter().filter(|node| node.share(0).is_none()) {
            let text = format!("node {}: what pods ask for of it is not said", node.name);
            reading.tell(Kind::LeftOut, &node.at, text);
        }
    }
    let Some(top) = found.tops.first() else {
        return;
    };
    let used = mean(&found.tops);
    let vcpu: f64 = used.values().map(|[vcpu, _]| vcpu).sum();
    let bytes: f64 = used.values().map(|[_, bytes]| bytes).sum();
    let many = counted_in_words(used.len(), "node");
    let (verb, of) = if used.len() == 1 {
        ("uses", "it")
    } else {
        ("use", "them")
    };
    let text = format!(
        "kubectl top nodes: {many} {verb} {} vCPU and {} GiB at that moment",
        rounded(vcpu),
        rounded(quantity::gib(bytes))
    );
    reading.tell(Kind::Understood, &top.at, text);
    if reading.utilisation.is_none() {
        let text = format!(
            "kubectl top nodes: what pods ask for of {of} is not said; kubectl describe nodes says it"
        );
        reading.tell(Kind::LeftOut, &top.at, text);
    }
}

/// What each pod or node uses on average over the tables in which it stands, its containers together.
fn mean(all: &[Used]) -> BTreeMap<(Option<&str>, &str), [f64; 2]> {
    let mut sums: BTreeMap<_, (HashSet<usize>, [f64; 2])> = BTreeMap::new();
    for used in all {
        let key = (used.namespace.as_deref(), &*used.name);
        let (tables, [vcpu, bytes]) = sums.entry(key).or_default();
        tables.insert(used.table);
        *vcpu += used.vcpu;
        *bytes += used.bytes;
    }
    sums.into_iter()
        .map(|(key, (tables, [vcpu, bytes]))| {
            let n = tables.len() as f64;
            (key, [vcpu / n, bytes / n])
        })
        .collect()
}

fn pods(found: &Found, reading: &mut Reading) {
    let Some(first) = found.pods.first() else {
        return;
    };
    let at = &first.at;
    let used = mean(&found.pods);
    let asked = reading.asked.clone();
    let mut workloads: HashMap<&str, Vec<&Asked>> = HashMap::new();
    for of in &asked {
        workloads.entry(&of.name).or_default().push(of);
    }
    // Of CPU and of memory: how many pods, what they ask for, what they use.
    let mut sums = [(0_usize, 0.0, 0.0); 2];
    let mut compared = HashSet::new();
    let (mut strangers, mut open) = (0, 0);
    for ((namespace, pod), used) in &used {
        let Some(of) = workload_of(*namespace, pod, &workloads) else {
            strangers += 1;
            continue;
        };
        if of.vcpu.is_none() {
            open += 1;
        } else {
            compared.insert((&*of.namespace, &*of.name));
        }
        for ((sum, asked), used) in sums.iter_mut().zip([of.vcpu, of.bytes]).zip(used) {
            if let Some(asked) = asked {
                *sum = (sum.0 + 1, sum.1 + asked, sum.2 + used);
            }
        }
    }
    if asked.is_empty() {
        let sum = |n: usize| used.values().map(|of| of[n]).sum::<f64>();
        let text = format!(
            "kubectl top pods: {}, {} vCPU and {} GiB in use; manifests are needed to compare that with what they ask for",
            counted_in_words(used.len(), "pod"),
            rounded(sum(0)),
            rounded(quantity::gib(sum(1)))
        );
        return reading.tell(Kind::LeftOut, at, text);
    }
    let [(n, asked, used), (of_memory, asked_bytes, used_bytes)] = sums;
    if n > 0 && used > 0.0 && asked > 0.0 {
        let times = asked / used;
        let counted = times.clamp(PADDING.0, PADDING.1);
        reading.padding = Some(counted);
        let mut text = format!(
            "kubectl top pods: CPU of {} of {}: {} vCPU asked for, {} vCPU in use at that moment; {} times what is in use",
            counted_in_words(n, "pod"),
            counted_in_words(compared.len(), "workload"),
            rounded(asked),
            rounded(used),
            rounded(times)
        );
        if counted != times {
            text.push_str(&format!("; {counted} counts"));
        }
        reading.tell(Kind::Understood, at, text);
    } else if n > 0 {
        let text = "kubectl top pods: no CPU is in use; how far pods ask for more is not known";
        reading.tell(Kind::LeftOut, at, text);
    }
    if of_memory > 0 {
        let text = format!(
            "kubectl top pods: memory of {}: {} GiB asked for, {} GiB in use",
            counted_in_words(of_memory, "pod"),
            rounded(quantity::gib(asked_bytes)),
            rounded(quantity::gib(used_bytes))
        );
        reading.tell(Kind::Understood, at, text);
    }
    for (n, why) in [
        (strangers, "of no workload in the manifests"),
        (open, "whose manifest asks for no CPU"),
    ] {
        if n > 0 {
            let pods = counted_in_words(n, "pod");
            let text = format!("kubectl top pods: {pods} {why}");
            reading.tell(Kind::LeftOut, at, text);
        }
    }
}

/// The workload that a pod belongs to by its name. A manifest without a namespace may stand in any.
fn workload_of<'a>(
    namespace: Option<&str>,
    pod: &str,
    workloads: &HashMap<&str, Vec<&'a Asked>>,
) -> Option<&'a Asked> {
    let dashes: Vec<usize> = pod.match_indices('-').map(|(n, _)| n).collect();
    // The longest name first: a pod of cart-db is none of cart.
    dashes.into_iter().rev().take(3).find_map(|dash| {
        let (name, suffix) = (pod.get(..dash)?, pod.get(dash + 1..)?);
        let named = workloads.get(name).filter(|_| is_suffix(suffix))?;
        let Some(namespace) = namespace else {
            return named.first().copied();
        };
        ["default", namespace]
            .iter()
            .rev()
            .find_map(|of| named.iter().find(|asked| asked.namespace == *of))
            .copied()
    })
}

/// Whether a pod's name ends so: with a number in a StatefulSet, two hashes in a Deployment, one in a ReplicaSet or a Job, a
/// time before it in a CronJob, and an index before it in an indexed Job.
fn is_suffix(suffix: &str) -> bool {
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|c| c.is_ascii_digit());
    let is_hash = |part: &str| part.chars().all(|c| LETTERS.contains(c)) && !part.is_empty();
    let is_last = |part: &str| is_hash(part) && part.len() == 5;
    let parts: Vec<&str> = suffix.split('-').collect();
    match parts[..] {
        [last] => is_number(last) || is_last(last),
        [first, last] => (is_number(first) || is_hash(first) && first.len() <= 10) && is_last(last),
        [time, index, last] => is_number(time) && is_number(index) && is_last(last),
        _ => false,
    }
}

fn rounded(x: f64) -> f64 {
    (x * 100.0).round() / 100.0
}

fn percent(share: f64) -> String {
    format!("{} %", (share * 100.0).round())
}

fn counted_in_words(n: usize, what: &str) -> String {
    let end = if n == 1 { "" } else { "s" };
    format!("{n} {what}{end}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read;

    fn of(files: [(&str, &str); 2]) -> Reading {
        read(&files.map(|(name, text)| File { name, text }))
    }

    const SHOP: &str = "kind: Deployment\nmetadata: { name: cart }\nspec: { template: { spec: { containers: [{ name: c, ports: [{}], \
        resources: { requests: { cpu: 500m, memory: 1Gi } } }] } } }\n---\nkind: StatefulSet\nmetadata: { name: cart-db }\nspec: { \
        template: { spec: { containers: [{ name: d, ports: [{}], resources: { requests: { cpu: 1 } } }] } } }\n";

    #[test]
    fn pods_belong_to_the_workload_that_their_name_says() {
        for (suffix, is) in [
            ("0", true),
            ("12", true),
            ("7d9c6b5f4-x2k8p", true),
            ("x2k8p", true),
            ("28391040-x2k8p", true),
            ("28391040-3-x2k8p", true),
            ("gateway-7d9c6b5f4-x2k8p", false),
            ("worker", false),
            ("db-0", false),
            ("", false),
            ("--", false),
        ] {
            assert_eq!(is_suffix(suffix), is, "{suffix}");
        }
    }

    #[test]
    fn what_pods_ask_for_is_set_against_what_they_use() {
        let top = "$ kubectl top pods -A --containers --sum\nNAMESPACE POD NAME CPU(cores) MEMORY(bytes)\nshop cart-7d9c6b5f4-x2k8p c 100m \
            200Mi\nshop cart-7d9c6b5f4-x2k8p proxy 25m 56Mi\nshop cart-db-0 d 250m 1Gi\nshop cart-db-1 d <unknown> 1Gi\nkube-system \
            dns-x2k8p d 3m 9Mi\n ________ ________\n 378m 1289Mi\n";
        let reading = of([("shop.yaml", SHOP), ("top.txt", top)]);
        assert_eq!(reading.padding, Some(1.5 / 0.375));
        let texts: Vec<String> = reading.told.iter().map(ToString::to_string).collect();
        let has = |text: &str| texts.iter().any(|told| told.ends_with(text));
        assert!(
            has(
                "CPU of 2 pods of 2 workloads: 1.5 vCPU asked for, 0.38 vCPU in use at that moment; 4 times what is in use"
            ),
            "{texts:#?}"
        );
        assert!(
            has("memory of 1 pod: 1 GiB asked for, 0.25 GiB in use"),
            "{texts:#?}"
        );
        assert!(
            has("top.txt:6: left out: kubectl: 1 line without figures")
                && has("1 pod of no workload in the manifests"),
            "{texts:#?}"
        );
        // Without manifests there is nothing to set it against.
        let reading = of([("a.csv", "name;requests\nshop;3M\n"), ("top.txt", top)]);
        assert_eq!(reading.padding, None);
        assert!(
            reading
                .told
                .iter()
                .any(|told| told.text.contains("manifests are needed"))
        );
    }

    #[test]
    fn nodes_are_as_full_as_pods_ask_for_them() {
        let node = |name: &str, asked: &str| {
            format!(
                "Name:   {name}\nCapacity:\n  cpu:  4\nAllocatable:\n  cpu:     3920m\n  memory:  8Gi\nAllocated resources:\n  \
                Resource  Requests  Limits\n  cpu  {asked} (31%)  0 (0%)\n  memory  4Gi (50%)  0 (0%)\nEvents:  <none>\n\n"
            )
        };
        let text = [node("a", "1960m"), node("b", "980m"), node("a", "2940m")].concat();
        let reading = of([("n.txt", &text), ("shop.yaml", SHOP)]);
        assert_eq!(reading.utilisation, Some(0.5));
        assert!(!reading.is_wrong());
    }

    #[test]
    fn a_table_without_figures_is_refused() {
        for text in [
            "NAME CPU(cores) MEMORY(bytes)\nerror: no metrics\n",
            "Name: a\nAllocatable:\n  cpu: many\n",
        ] {
            let reading = of([("shop.yaml", SHOP), ("top.txt", text)]);
            let wrong = reading.told.iter().find(|told| told.kind == Kind::Wrong);
            assert_eq!(wrong.map(|told| &*told.at.0), Some("top.txt"), "{text}");
        }
    }
}
