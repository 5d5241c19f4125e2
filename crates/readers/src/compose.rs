//! Compose files: their services, merged with those of override files.
//!
//! Documentation: <https://docs.docker.com/reference/compose-file/services/>,
//! <https://docs.docker.com/reference/compose-file/deploy/>,
//! <https://docs.docker.com/reference/compose-file/extension/#specifying-byte-values>,
//! <https://docs.docker.com/reference/compose-file/merge/>,
//! <https://docs.docker.com/reference/compose-file/profiles/>.

use super::{
    Kind, Place, Reading,
    documents::{Document, dig, list, text},
    rows::{self, need},
};
use plimsoll_model::inputs::{WorkloadKind, WorkloadRow, at};
use serde_json::Value;

/// Keys of services, one of which is in every file of them.
const KEYS: [&str; 11] = [
    "image",
    "build",
    "deploy",
    "extends",
    "command",
    "ports",
    "environment",
    "env_file",
    "restart",
    "volumes",
    "depends_on",
];

/// Last names of images of databases, caches and brokers, which vendors run for their customers.
const MANAGED: [&str; 60] = [
    "activemq",
    "activemq-artemis",
    "activemq-classic",
    "artemis",
    "azure-sql-edge",
    "cassandra",
    "clickhouse",
    "clickhouse-server",
    "cockroach",
    "cockroachdb",
    "couchbase",
    "couchdb",
    "cp-kafka",
    "cp-server",
    "cp-zookeeper",
    "dragonfly",
    "eclipse-mosquitto",
    "elasticsearch",
    "emqx",
    "etcd",
    "influxdb",
    "kafka",
    "kafka-native",
    "keydb",
    "mariadb",
    "meilisearch",
    "memcached",
    "milvus",
    "minio",
    "mongo",
    "mongodb",
    "mongodb-community-server",
    "mssql",
    "mysql",
    "mysql-server",
    "nats",
    "neo4j",
    "opensearch",
    "percona",
    "percona-server",
    "pgvector",
    "postgis",
    "postgres",
    "postgresql",
    "pulsar",
    "qdrant",
    "rabbitmq",
    "redis",
    "redis-cluster",
    "redis-stack",
    "redis-stack-server",
    "redpanda",
    "scylla",
    "solr",
    "timescaledb",
    "timescaledb-ha",
    "typesense",
    "valkey",
    "weaviate",
    "zookeeper",
];

/// Keys, one of which a whole service has.
const WHOLE: [&str; 4] = ["image", "build", "extends", "provider"];

/// How deep services extend each other.
const DEEPEST: usize = 8;

/// Whether a document is one of these.
pub(crate) fn knows(value: &Value) -> bool {
    let Some(services) = value.get("services").and_then(Value::as_object) else {
        return false;
    };
    let has_keys = |service: &Value| KEYS.iter().any(|key| service.get(key).is_some());
    services.values().all(|of| of.is_object() || of.is_null()) && services.values().any(has_keys)
}

/// Reads these documents together: what has neither an image nor a build is put over the service of that name in another file.
pub(crate) fn read(mut documents: Vec<Document>, reading: &mut Reading) {
    let mut over: Vec<(Place, String, Value, Value)> = Vec::new();
    for Document { at, value } in &mut documents {
        if value.get("include").is_some() {
            let text = "the files that it includes are not read; give them too";
            reading.tell(Kind::LeftOut, at, text);
        }
        let volumes = dig(value, "volumes").clone();
        let Some(services) = value.get_mut("services").and_then(Value::as_object_mut) else {
            continue;
        };
        let is_part = |of: &Value| WHOLE.iter().all(|key| of.get(key).is_none());
        let parts = services.iter().filter(|(_, of)| is_part(of));
        let names: Vec<String> = parts.map(|(name, _)| name.clone()).collect();
        for name in names {
            let service = services.remove(&name).unwrap_or_default();
            over.push((at.clone(), name, service, volumes.clone()));
        }
    }
    for (at, name, service, volumes) in over {
        let mut files = documents.iter_mut().map(|document| &mut document.value);
        let file = files.find(|file| dig(file, "services").get(&name).is_some());
        if let Some(file) = file {
            let whole = file.get_mut("services").and_then(|all| all.get_mut(&name));
            if let Some(whole) = whole {
                merge(whole, &service);
            }
            if let (Some(file), true) = (file.as_object_mut(), volumes.is_object()) {
                merge(file.entry("volumes").or_insert(Value::Null), &volumes);
            }
        } else {
            let text = format!("Compose service {name}: it has neither an image nor a build");
            reading.tell(Kind::LeftOut, &at, text);
        }
    }
    for Document { at, value: file } in &documents {
        let services = dig(file, "services").as_object();
        for (name, service) in services.into_iter().flatten() {
            let called = format!("Compose service {name}");
            let value = extended(service, file, at, &called, reading);
            let service = Service {
                name,
                called,
                at,
                file,
                value,
            };
            service.read(reading);
        }
    }
}

/// Puts a value over another: maps key by key, lists one after the other.
fn merge(under: &mut Value, over: &Value) {
    match (under, over) {
        (Value::Object(under), Value::Object(over)) => {
            for (key, value) in over {
                merge(under.entry(key.clone()).or_insert(Value::Null), value);
            }
        }
        (Value::Array(under), Value::Array(over)) => under.extend(over.iter().cloned()),
        (under, over) => *under = over.clone(),
    }
}

/// A service over those that it extends in its file.
fn extended(
    service: &Value,
    file: &Value,
    at: &Place,
    called: &str,
    reading: &mut Reading,
) -> Value {
    let mut chain = vec![service];
    while let Some(extends) = chain.last().and_then(|of| of.get("extends")) {
        let name = extends.as_str().unwrap_or_else(|| text(extends, "service"));
        let base = dig(file, "services").get(name);
        let base = base.filter(|_| extends.get("file").is_none() && chain.len() < DEEPEST);
        let Some(base) = base else {
            let text = format!("{called}: {name}, which it extends, is not in this file");
            reading.tell(Kind::Assumed, at, text);
            break;
        };
        chain.push(base);
    }
    let mut whole = Value::Null;
    for part in chain.into_iter().rev() {
        merge(&mut whole, part);
    }
    whole
}

/// A number or a text without variables; of `${REPLICAS:-2}` what stands for one that isn't set.
fn plain(value: &Value) -> Option<String> {
    let text = match value {
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.trim().to_owned(),
        _ => return None,
    };
    let Some(inside) = text
        .strip_prefix("${")
        .and_then(|text| text.strip_suffix('}'))
    else {
        return (!text.contains('$')).then_some(text);
    };
    let (_, usual) = inside.split_once('-')?;
    (!usual.contains('$')).then(|| usual.trim().to_owned())
}

/// A number that is more than none.
fn number(value: &Value) -> Option<f64> {
    let x: f64 = plain(value)?.parse().ok()?;
    (x.is_finite() && x > 0.0).then_some(x)
}

/// GiB of `512m`, `1gb`, `1.5G` or a number of bytes: the units are binary, whatever their case.
fn gib(value: &Value) -> Option<f64> {
    let text = plain(value)?.to_lowercase();
    let text = text.strip_suffix('b').unwrap_or(&text);
    let text = text.strip_suffix('i').unwrap_or(text);
    let units = [
        ("k", 1_048_576.0),
        ("m", 1_024.0),
        ("g", 1.0),
        ("t", 1.0 / 1_024.0),
    ];
    let in_unit = |(unit, in_gib): (&str, f64)| Some((text.strip_suffix(unit)?, in_gib));
    let found = units.into_iter().find_map(in_unit);
    let (number, in_gib) = found.unwrap_or((text, 1_073_741_824.0));
    let gib = number.trim_end().parse::<f64>().ok()? / in_gib;
    (gib.is_finite() && gib > 0.0).then_some(gib)
}

/// What of the databases and brokers an image is.
fn managed(image: &Value) -> Option<&'static str> {
    let image = image.as_str()?.to_lowercase();
    // "registry:5000/team/postgres:16@sha256:…": the tag follows the last slash.
    let path = image.split('@').next()?;
    let mut parts = path.rsplit('/');
    let last = parts.next()?.split(':').next()?;
    let name = if last == "server" {
        parts.next()?
    } else {
        last
    };
    MANAGED.into_iter().find(|known| *known == name)
}

/// Ports that a service publishes, each with its protocol.
fn published(service: &Value) -> Vec<(String, bool)> {
    let ports = list(service, "ports").iter();
    ports
        .filter_map(|port| {
            if port.is_object() {
                let target = plain(dig(port, "target"))?;
                return Some((target, text(port, "protocol") == "udp"));
            }
            let port = match port {
                Value::Number(number) => number.to_string(),
                other => other.as_str()?.to_owned(),
            };
            let (ports, protocol) = port.split_once('/').unwrap_or((&port, "tcp"));
            let target = ports.rsplit(':').next()?;
            Some((target.to_owned(), protocol == "udp"))
        })
        .collect()
}

/// Names of labels, in a map or as `name=value`.
fn labels(value: &Value) -> Vec<&str> {
    match value {
        Value::Object(all) => all.keys().map(String::as_str).collect(),
        Value::Array(all) => {
            let all = all.iter().filter_map(Value::as_str);
            all.map(|label| label.split_once('=').map_or(label, |(name, _)| name))
                .collect()
        }
        _ => Vec::new(),
    }
}

/// A service of a file.
struct Service<'a> {
    name: &'a str,
    called: String,
    at: &'a Place,
    file: &'a Value,
    value: Value,
}

impl Service<'_> {
    fn get(&self, path: &str) -> &Value {
        dig(&self.value, path)
    }

    fn leave(&self, why: &str, reading: &mut Reading) {
        let text = format!("{}: {why}", self.called);
        reading.tell(Kind::LeftOut, self.at, text);
    }

    fn read(&self, reading: &mut Reading) {
        let mode = text(&self.value, "deploy.mode");
        if mode.starts_with("global") {
            return self.leave("it runs on every node, as agents of a cluster do", reading);
        }
        if self.value.get("provider").is_some() {
            return self.leave("another program provides it", reading);
        }
        let replicas = ["deploy.replicas", "scale"]
            .iter()
            .find_map(|path| plain(self.get(path))?.parse::<u64>().ok());
        let replicas = replicas.unwrap_or(1);
        if replicas == 0 {
            return self.leave("no instance runs", reading);
        }
        if !self.is_wanted(reading) {
            return;
        }
        let kind = self.kind(reading);
        let row = self.row(kind, reading);
        match kind {
            WorkloadKind::Service => {
                rows::service(row, replicas, None, self.at, &self.called, reading);
            }
            WorkloadKind::Worker => {
                rows::worker(row, replicas, None, self.at, &self.called, reading);
            }
            WorkloadKind::Job => {
                let times = (replicas > 1).then_some(replicas as f64);
                rows::job(row, times, self.at, &self.called, reading);
            }
        }
    }

    /// Whether it counts, where that is asked: not usually where it starts with a profile alone, or where a managed one takes its
    /// place.
    fn is_wanted(&self, reading: &mut Reading) -> bool {
        let called = &self.called;
        let asked = if let Some(what) = managed(self.get("image")) {
            let left = format!("{called}: {what}, left out, as a managed one takes its place");
            let counted = format!("{called}: {what}, counted with its own size");
            let words = "leave it out (a managed one takes its place)";
            Some((left, counted, words))
        } else if let Some(profile) = list(&self.value, "profiles").iter().find_map(Value::as_str) {
            let left = format!("{called}: left out, as only the profile {profile} starts it");
            let counted = format!("{called}: counted, though only the profile {profile} starts it");
            Some((
                left,
                counted,
                "leave it out (it starts with a profile alone)",
            ))
        } else {
            None
        };
        let Some((left, counted, words)) = asked else {
            return true;
        };
        let options = [("leave", words), ("count", "count it")];
        let text = |taken: &str| if taken == "leave" { left } else { counted };
        let what = format!("{called}:part");
        reading.choose(self.at, &what, "leave", &options, text) == "count"
    }

    fn kind(&self, reading: &mut Reading) -> WorkloadKind {
        let is_open = |key: &str| !list(&self.value, key).is_empty();
        // A proxy finds it by its labels.
        let all = [self.get("labels"), self.get("deploy.labels")];
        let mut names = all.into_iter().flat_map(labels);
        if is_open("ports")
            || is_open("expose")
            || names.any(|name| name.starts_with("traefik.http."))
        {
            return WorkloadKind::Service;
        }
        let why = if text(&self.value, "deploy.mode") == "replicated-job" {
            return WorkloadKind::Job;
        } else if self.is_waited_for() {
            Some("as others wait until it has ended")
        } else {
            let restart = self.get("restart");
            let ends = restart == "no"
                || restart == &Value::Bool(false)
                || self.get("deploy.restart_policy.condition") == "none";
            (ends && self.value.get("command").is_some()).then_some("as it does not start again")
        };
        if let Some(why) = why {
            let options = [
                ("job", "a job"),
                ("worker", "a worker"),
                ("service", "a service"),
            ];
            let called = &self.called;
            let what = format!("{called}:kind");
            let text = |taken: &str| format!("{called}: a {taken}, {why}");
            return match reading.choose(self.at, &what, "job", &options, text) {
                "job" => WorkloadKind::Job,
                "worker" => WorkloadKind::Worker,
                _ => WorkloadKind::Service,
            };
        }
        if rows::serves(false, "as it opens no port", self.at, &self.called, reading) {
            WorkloadKind::Service
        } else {
            WorkloadKind::Worker
        }
    }

    /// Whether another service starts when this one has ended.
    fn is_waited_for(&self) -> bool {
        let services = dig(self.file, "services").as_object();
        services.into_iter().flatten().any(|(_, other)| {
            let condition = dig(other, "depends_on").get(self.name);
            condition.is_some_and(|of| text(of, "condition") == "service_completed_successfully")
        })
    }

    /// Its size and needs.
    fn row(&self, kind: WorkloadKind, reading: &mut Reading) -> WorkloadRow {
        let mut row = rows::row(self.name, kind);
        let deploy = |of: &str, name: &str| self.get(&format!("deploy.resources.{of}.{name}"));
        let cpus = [
            deploy("reservations", "cpus"),
            deploy("limits", "cpus"),
            self.get("cpus"),
        ];
        let memory = [
            deploy("reservations", "memory"),
            deploy("limits", "memory"),
            self.get("mem_reservation"),
            self.get("mem_limit"),
        ];
        let size = [
            cpus.into_iter().find_map(number),
            memory.into_iter().find_map(gib),
        ];
        rows::size(&mut row, size, self.at, &self.called, reading);
        let is_gpu = |device: &Value| list(device, "capabilities").iter().any(|of| of == "gpu");
        let devices = list(&self.value, "deploy.resources.reservations.devices");
        if devices.iter().any(is_gpu)
            || self.value.get("gpus").is_some()
            || self.get("runtime") == "nvidia"
        {
            rows::gpu(&mut row);
        }
        let is_windows = text(&self.value, "platform").starts_with("windows");
        need(&mut row, at::needs::windows, is_windows);
        let is_privileged = self.get("privileged") == &Value::Bool(true);
        need(&mut row, at::needs::privileged, is_privileged);
        need(&mut row, at::needs::local_state, self.keeps_state(reading));
        need(&mut row, at::needs::udp, self.takes_udp(reading));
        row
    }

    /// Whether it publishes UDP. Port 443 with UDP beside TCP is HTTP/3, which a load balancer speaks for it.
    fn takes_udp(&self, reading: &mut Reading) -> bool {
        let ports = published(&self.value);
        let has_https = ports.contains(&("443".to_owned(), false));
        let (http3, udp): (Vec<_>, Vec<_>) = ports
            .into_iter()
            .filter(|(_, is_udp)| *is_udp)
            .partition(|(port, _)| port == "443" && has_https);
        if !http3.is_empty() {
            self.leave("HTTP/3 on port 443 is its load balancer's", reading);
        }
        !udp.is_empty()
    }

    /// Whether it writes to a named volume. A volume on NFS is shared, and folders of the host are those of a developer.
    fn keeps_state(&self, reading: &mut Reading) -> bool {
        let (mut keeps, mut shared, mut mounted) = (false, false, false);
        for volume in list(&self.value, "volumes") {
            let (source, read_only) = if let Some(volume) = volume.as_str() {
                let mut parts = volume.split(':');
                let (source, target) = (parts.next().unwrap_or_default(), parts.next());
                // A path alone is a volume without a name, and goes with its container.
                if target.is_none() {
                    continue;
                }
                let options = parts.next().unwrap_or_default();
                (source, options.split(',').any(|option| option == "ro"))
            } else if ["volume", "bind"].contains(&text(volume, "type")) {
                let read_only = dig(volume, "read_only") == &Value::Bool(true);
                (text(volume, "source"), read_only)
            } else {
                continue;
            };
            let Some(named) = dig(self.file, "volumes").get(source) else {
                mounted |= !source.is_empty();
                continue;
            };
            let kind = text(named, "driver_opts.type");
            if kind.starts_with("nfs") || kind == "cifs" {
                shared = true;
            } else {
                keeps |= !read_only;
            }
        }
        if shared {
            self.leave("its shared file system does not count", reading);
        }
        if mounted {
            self.leave("what it mounts of its host is no disk of its own", reading);
        }
        keeps
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn memory_is_binary_whatever_its_case() {
        for (memory, x) in [
            (json!("512m"), Some(0.5)),
            (json!("256M"), Some(0.25)),
            (json!("1g"), Some(1.0)),
            (json!("1gb"), Some(1.0)),
            (json!("1.5 GiB"), Some(1.5)),
            (json!("2048k"), Some(2.0 / 1_024.0)),
            (json!("1073741824"), Some(1.0)),
            (json!("1073741824b"), Some(1.0)),
            (json!(536_870_912), Some(0.5)),
            (json!("${MEMORY:-2g}"), Some(2.0)),
            (json!("${MEMORY}"), None),
            (json!("b"), None),
            (json!("0"), None),
            (json!("-1g"), None),
            (json!("é"), None),
            (json!("many"), None),
        ] {
            assert_eq!(gib(&memory), x, "{memory}");
        }
    }

    #[test]
    fn a_database_is_known_by_the_last_name_of_its_image() {
        for (image, what) in [
            ("postgres:16-alpine", Some("postgres")),
            ("registry:5000/team/postgres@sha256:00", Some("postgres")),
            ("docker.io/bitnami/redis:7.2", Some("redis")),
            ("mcr.microsoft.com/mssql/server:2022-latest", Some("mssql")),
            ("${REGISTRY}/mysql:${TAG:-8}", Some("mysql")),
            ("prometheuscommunity/postgres-exporter", None),
            ("mongo-express", None),
            ("postgres/backup-tool", None),
            ("", None),
        ] {
            assert_eq!(managed(&json!(image)), what, "{image}");
        }
    }

    #[test]
    fn ports_are_short_or_long() {
        let service = json!({ "ports": [80, "8080:80", "127.0.0.1:53:53/udp", "${PORT:-3000}:3000",
            { "target": 443, "published": "443", "protocol": "udp" }, null] });
        let udp: Vec<String> = published(&service)
            .into_iter()
            .filter_map(|(port, udp)| udp.then_some(port))
            .collect();
        assert_eq!(udp, ["53", "443"]);
        assert_eq!(published(&service).len(), 5);
    }
}
