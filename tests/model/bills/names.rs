//! What our meters are called on vendors' bills, from their documentation and price lists: an own table, so that it is a
//! second opinion on the reader's.

use super::rows::{Part, Place};
use crate::seeded_damage::Dice;
use plimsoll_model::{explore::billed::vcpus, region::Region, vendor::Vendor};

/// How a vendor names what it bills.
#[derive(Clone, Debug, Default)]
pub(super) struct Named {
    /// The service's code: `AmazonECS`; for others its name.
    pub(super) service: String,
    /// The service's name in FOCUS.
    pub(super) service_name: String,
    /// The usage type without a region, the SKU's description, or the meter's name.
    pub(super) usage: String,
    /// The operation (AWS) or the subcategory (Azure).
    pub(super) operation: String,
    /// The charge in words; empty where none is documented.
    pub(super) description: String,
    /// The unit that is priced.
    pub(super) unit: String,
    /// The unit that is measured, and how many of it one of the priced is: Google Cloud has both.
    pub(super) base: (&'static str, f64),
}

/// What a part of our bill is on the vendor's: names, quantities in the vendor's unit, US dollars.
pub(super) type Billed = Vec<(Named, f64, f64)>;

const EC2: (&str, &str) = ("AmazonEC2", "Amazon Elastic Compute Cloud");
const ECS: (&str, &str) = ("AmazonECS", "Amazon Elastic Container Service");
const EKS: (&str, &str) = (
    "AmazonEKS",
    "Amazon Elastic Container Service for Kubernetes",
);
const ELB: (&str, &str) = ("AWSELB", "Elastic Load Balancing");

/// Our meter, service code, service name, usage type, operation, words (`{p}` is the price and `{in}` the place), unit.
///
/// Usage types of the AWS price lists (pricing.us-east-1.amazonaws.com/offers/v1.0/aws/…, codes as `AmazonEC2`); the words are
/// those of `lineItem/LineItemDescription`, as in the FOCUS sample data. the words of App
/// Runner and of Windows are not documented.
const AWS: &str = "\
aws/fargate/x86/vcpu | AmazonECS | Amazon Elastic Container Service | Fargate-vCPU-Hours:perCPU | FargateTask | AWS Fargate - vCPU - {in} | hours
aws/fargate/x86/memory | AmazonECS | Amazon Elastic Container Service | Fargate-GB-Hours | FargateTask | AWS Fargate - Memory - {in} | hours
aws/fargate/arm/vcpu | AmazonECS | Amazon Elastic Container Service | Fargate-ARM-vCPU-Hours:perCPU | FargateTask | AWS Fargate - ARM - vCPU - {in} | hours
aws/fargate/arm/memory | AmazonECS | Amazon Elastic Container Service | Fargate-ARM-GB-Hours | FargateTask | AWS Fargate - ARM - Memory - {in} | hours
aws/fargate/ephemeral-storage | AmazonECS | Amazon Elastic Container Service | Fargate-EphemeralStorage-GB-Hours | FargateTask | AWS Fargate - Ephemeral Storage - {in} | GB-Hours
aws/fargate/windows/vcpu | AmazonECS | Amazon Elastic Container Service | Fargate-Windows-vCPU-Hours:perCPU | FargateTask |  | hours
aws/fargate/windows/memory | AmazonECS | Amazon Elastic Container Service | Fargate-Windows-GB-Hours | FargateTask |  | hours
aws/fargate/windows/licence | AmazonECS | Amazon Elastic Container Service | Fargate-Windows-OS-Hours:perCPU | FargateTask |  | hours
aws/app-runner/vcpu-active | AWSAppRunner | AWS App Runner | AppRunner-vCPU-hours |  |  | vCPU-hours
aws/app-runner/memory | AWSAppRunner | AWS App Runner | AppRunner-Provisioned-GB-hours |  |  | GB-hours
aws/eks/cluster | AmazonEKS | Amazon Elastic Container Service for Kubernetes | AmazonEKS-Hours:perCluster | CreateOperation | Amazon EKS cluster usage in {in} | hours
aws/ebs/gp3 | AmazonEC2 | Amazon Elastic Compute Cloud | EBS:VolumeUsage.gp3 | CreateVolume-Gp3 | ${p} per GB-month of General Purpose (gp3) provisioned storage - {in} | GB-Mo
aws/load-balancer/alb | AWSELB | Elastic Load Balancing | LoadBalancerUsage | LoadBalancing:Application | ${p} per Application LoadBalancer-hour (or partial hour) | Hrs
aws/load-balancer/lcu | AWSELB | Elastic Load Balancing | LCUUsage | LoadBalancing:Application | ${p} per used Application load balancer capacity unit-hour (or partial hour) | LCU-Hrs
aws/load-balancer/nlb | AWSELB | Elastic Load Balancing | LoadBalancerUsage | LoadBalancing:Network | ${p} per Network LoadBalancer-hour (or partial hour) | Hrs
aws/load-balancer/nlcu | AWSELB | Elastic Load Balancing | LCUUsage | LoadBalancing:Network | ${p} per used Network load balancer capacity unit-hour (or partial hour) | LCU-Hrs
aws/ipv4/public | AmazonVPC | Amazon Virtual Private Cloud | PublicIPv4:InUseAddress |  | ${p} per In-use public IPv4 address per hour | Hrs
aws/nat/gateway | AmazonEC2 | Amazon Elastic Compute Cloud | NatGateway-Hours | NatGateway | ${p} per NAT Gateway Hour | Hrs
aws/nat/data | AmazonEC2 | Amazon Elastic Compute Cloud | NatGateway-Bytes | NatGateway | ${p} per GB Data Processed by NAT Gateways | GB
aws/vpc-endpoint/interface | AmazonVPC | Amazon Virtual Private Cloud | VpcEndpoint-Hours | VpcEndpoint | ${p} per VPC Endpoint Hour | Hrs
aws/vpc-endpoint/data | AmazonVPC | Amazon Virtual Private Cloud | VpcEndpoint-Bytes | VpcEndpoint | ${p} per GB Data Processed by VPC Endpoints | GB
aws/egress/first-10-tb | AmazonEC2 | Amazon Elastic Compute Cloud | DataTransfer-Out-Bytes | RunInstances | ${p} per GB - first 10 TB / month data transfer out beyond the global free tier | GB
aws/egress/next-40-tb | AmazonEC2 | Amazon Elastic Compute Cloud | DataTransfer-Out-Bytes | RunInstances | ${p} per GB - next 40 TB / month data transfer out | GB
aws/egress/next-100-tb | AmazonEC2 | Amazon Elastic Compute Cloud | DataTransfer-Out-Bytes | RunInstances | ${p} per GB - next 100 TB / month data transfer out | GB
aws/egress/above-150-tb | AmazonEC2 | Amazon Elastic Compute Cloud | DataTransfer-Out-Bytes | RunInstances | ${p} per GB - greater than 150 TB / month data transfer out | GB
aws/zone-traffic/each-side | AmazonEC2 | Amazon Elastic Compute Cloud | DataTransfer-Regional-Bytes | InterZone-In | ${p} per GB - regional data transfer - in/out/between EC2 AZs or using elastic IPs or ELB | GB
aws/logs/ingestion | AmazonCloudWatch | AmazonCloudWatch | DataProcessing-Bytes | PutLogEvents | ${p} per GB custom log data ingested in Standard log class - {in} | GB
aws/registry/storage | AmazonECR | Amazon EC2 Container Registry (ECR) | TimedStorage-ByteHrs |  | ${p} per GB-month of data storage | GB-Mo";

/// SKUs of the Cloud Billing catalogue (cloud.google.com/skus): our meter, service, description with `{in}`, unit that is
/// priced, unit that is measured.
const GOOGLE: &str = "\
google-cloud/cloud-run/request-based/vcpu-active | Cloud Run | Services CPU (Request-based billing) | second | seconds
google-cloud/cloud-run/request-based/memory-active | Cloud Run | Services Memory (Request-based billing) | gibibyte second | byte-seconds
google-cloud/cloud-run/request-based/vcpu-idle | Cloud Run | Services Min Instance CPU (Request-based billing) | second | seconds
google-cloud/cloud-run/request-based/memory-idle | Cloud Run | Services Min Instance Memory (Request-based billing) | gibibyte second | byte-seconds
google-cloud/cloud-run/instance-based/vcpu | Cloud Run | Services CPU (Instance-based billing) in {in} | second | seconds
google-cloud/cloud-run/instance-based/memory | Cloud Run | Services Memory (Instance-based billing) in {in} | gibibyte second | byte-seconds
google-cloud/cloud-run/worker-pool/vcpu | Cloud Run | Worker Pools CPU in {in} | second | seconds
google-cloud/cloud-run/worker-pool/memory | Cloud Run | Worker Pools Memory in {in} | gibibyte second | byte-seconds
google-cloud/cloud-run/requests | Cloud Run | Requests | count | requests
google-cloud/egress/ | Compute Engine | Network Internet Data Transfer Out from {area} to {area} | gibibyte | bytes
google-cloud/zone-traffic/sender | Compute Engine | Network Inter Zone Data Transfer Out | gibibyte | bytes
google-cloud/logging/ingestion | Cloud Logging | Log Storage cost | gibibyte | bytes
google-cloud/gke/cluster | Kubernetes Engine | Zonal Kubernetes Clusters | hour | seconds
google-cloud/gke-autopilot/vcpu | Kubernetes Engine | Autopilot Pod mCPU Requests ({in}) | hour | seconds
google-cloud/gke-autopilot/memory | Kubernetes Engine | Autopilot Pod Memory Requests ({in}) | gibibyte hour | byte-seconds
google-cloud/gke-autopilot/ephemeral-storage | Kubernetes Engine | Autopilot Pod Ephemeral Storage Requests ({in}) | gibibyte hour | byte-seconds
google-cloud/persistent-disk/balanced | Compute Engine | Balanced PD Capacity{place} | gibibyte month | byte-seconds
google-cloud/load-balancer/forwarding-rules | Networking | Cloud Load Balancer Forwarding Rule Minimum Global | hour | seconds
google-cloud/load-balancer/data | Networking | Regional External Application Load Balancer Outbound Data Processing for {city} | gibibyte | bytes
google-cloud/nat/gateway | Networking | Networking Cloud Nat Gateway Uptime | hour | seconds
google-cloud/nat/data | Networking | Networking Cloud Nat Data Processing | gibibyte | bytes
google-cloud/ipv4/external | Compute Engine | External IP Charge on a Standard VM | hour | seconds
google-cloud/registry/storage | Artifact Registry | Artifact Registry Storage | gibibyte month | byte-seconds";

/// Meters of the Retail Prices API (prices.azure.com): our meter, category, subcategory, meter, unit.
const AZURE: &str = "\
azure/container-apps/vcpu-active | Azure Container Apps |  | Standard vCPU Active Usage | 1 Second
azure/container-apps/vcpu-idle | Azure Container Apps |  | Standard vCPU Idle Usage | 1 Second
azure/container-apps/memory | Azure Container Apps |  | Standard Memory Active Usage | 1 Second
azure/container-apps/requests | Azure Container Apps |  | Standard Requests | 1M
azure/container-apps/gpu-t4 | Azure Container Apps |  | Standard NC T4 v3 GPU Usage | 1 Second
azure/container-apps/gpu-a100 | Azure Container Apps |  | Standard NC A100 v4 GPU Usage | 1 Second
azure/container-apps/environment-management | Azure Container Apps |  | Dedicated Plan Management | 1 Hour
azure/aks/standard | Azure Kubernetes Service |  | Standard Uptime SLA | 1 Hour
azure/aks/premium | Azure Kubernetes Service |  | Standard Long Term Support | 1 Hour
azure/aks-automatic/cluster | Azure Kubernetes Service | Automatic | Automatic Hosted Control Plane | 1 Hour
azure/aks-automatic/vcpu | Azure Kubernetes Service | Automatic | Automatic General Purpose | 1 Hour
azure/load-balancer/rules | Load Balancer |  | Standard Included LB Rules and Outbound Rules | 1 Hour
azure/load-balancer/data | Load Balancer |  | Standard Data Processed | 1 GB
azure/nat/gateway | NAT Gateway |  | Standard Gateway | 1 Hour
azure/nat/data | NAT Gateway |  | Standard Data Processed | 1 GB
azure/ipv4/public | Virtual Network | IP Addresses | Standard IPv4 Static Public IP | 1 Hour
azure/egress/ | Bandwidth | Rtn Preference: MGN | Standard Data Transfer Out | 1 GB
azure/logs/ingestion | Log Analytics |  | Analytics Logs Data Ingestion | 1 GB
azure/registry/basic | Container Registry |  | Basic Registry Unit | 1/Day
azure/private-endpoint/endpoint | Virtual Network | Virtual Network Private Link | Standard Private Endpoint | 1 Hour
azure/private-endpoint/data | Virtual Network | Virtual Network Private Link | Standard Data Processed - Ingress | 1 GB";

/// The row of a table for a meter, or for all that begin as its first cell does.
fn entry<const N: usize>(table: &'static str, meter: &str) -> Option<[&'static str; N]> {
    let rows = table.lines().map(|line| line.split(" | "));
    let mut rows =
        rows.filter_map(|cells| cells.map(str::trim).collect::<Vec<_>>().try_into().ok());
    rows.find(|row: &[&str; N]| {
        meter == row[0] || (row[0].ends_with('/') && meter.starts_with(row[0]))
    })
}

/// What a part is on its vendor's bill; none where no documentation says it.
pub(super) fn billed(part: &Part, place: Place, dice: &mut Dice) -> Option<Billed> {
    match part.key.vendor()? {
        Vendor::Aws => aws(part, place, dice),
        Vendor::GoogleCloud => google(part, place, dice),
        Vendor::Azure => azure(part, dice),
        _ => None,
    }
}

fn aws(part: &Part, place: Place, dice: &mut Dice) -> Option<Billed> {
    let price = format!("{}", part.price);
    let named =
        |(service, name): (&str, &str), usage: String, operation: &str, words, unit: &str| Named {
            service: service.to_owned(),
            service_name: name.to_owned(),
            usage,
            operation: operation.to_owned(),
            description: words,
            unit: unit.to_owned(),
            base: ("", 1.0),
        };
    if let Some(machine) = part.meter.strip_prefix("aws/ec2/") {
        let words = format!("${price} per On Demand Linux {machine} Instance Hour");
        let usage = format!("BoxUsage:{machine}");
        let named = named(EC2, usage, "RunInstances", words, "Hrs");
        return Some(vec![(named, part.quantity, part.usd)]);
    }
    // Since extended support is billed in a line of its own, beside the cluster's: AmazonEKS/us-east-1, 0.50 on top of 0.10.
    if part.meter == "aws/eks/cluster-extended" {
        let standard = "AmazonEKS-Hours:perCluster".to_owned();
        let words = format!("Amazon EKS cluster usage in {}", place.words());
        let standard = named(EKS, standard, "CreateOperation", words, "hours");
        let extended = "AmazonEKS-Hours:extendedSupport".to_owned();
        let words = format!(
            "Amazon EKS extended support cluster usage in {}",
            place.words()
        );
        let extended = named(EKS, extended, "ExtendedSupport", words, "hours");
        return Some(vec![
            (standard, part.quantity, part.usd / 6.0),
            (extended, part.quantity, part.usd * 5.0 / 6.0),
        ]);
    }
    // The fee of a machine is in hours of it; the price list's words are not documented.
    for (begin, service, usage) in [
        ("aws/eks-auto/", EKS, "EKS-Auto"),
        ("aws/ecs-managed/", ECS, "ECS-Managed-Instances"),
    ] {
        if part.meter.starts_with(begin) {
            let usage = format!("{usage}:{}-management-hours", part.machine);
            let named = named(service, usage, "", String::new(), "hours");
            return Some(vec![(named, part.quantity, part.usd)]);
        }
    }
    let [_, service, name, usage, operation, words, unit] = entry(AWS, part.meter)?;
    let mut service = (service, name);
    let (mut usage, mut words) = (usage, words.replace("{p}", &price));
    if part.meter.starts_with("aws/egress/") {
        // Whichever service sends it: so in the FOCUS sample data.
        service = [EC2, ELB, ECS][dice.below(3)];
        if part.free {
            words = "$0.000 per GB - data transfer out under the monthly global free tier".into();
        }
    }
    if part.meter == "aws/app-runner/memory" && dice.below(2) == 0 {
        usage = "AppRunner-GB-hours";
    }
    if part.on_kubernetes && part.meter.starts_with("aws/fargate/") {
        service = EKS;
    }
    let words = words.replace("{in}", place.words());
    let named = named(service, usage.to_owned(), operation, words, unit);
    Some(vec![(named, part.quantity, part.usd)])
}

/// How many of the measured unit one of the priced is (cloud.google.com/billing/docs/how-to/export-data-bigquery-tables/standard-usage).
fn measured(unit: &str) -> f64 {
    const GIB: f64 = (1_u64 << 30) as f64;
    match unit {
        "hour" => 3_600.0,
        "gibibyte" | "gibibyte second" => GIB,
        "gibibyte hour" => GIB * 3_600.0,
        "gibibyte month" => GIB * 30.0 * 86_400.0,
        _ => 1.0,
    }
}

fn google(part: &Part, place: Place, dice: &mut Dice) -> Option<Billed> {
    let (area, city, country) = match place.region {
        Region::Us => ("Americas", "Iowa", "Americas"),
        Region::Europe => ("EMEA", "Belgium", "Belgium"),
        Region::Asia => ("APAC", "Tokyo", "Japan"),
    };
    let named = |service: &str, usage: String, unit: &str, base: &'static str| Named {
        service: service.to_owned(),
        service_name: service.to_owned(),
        description: usage.clone(),
        usage,
        unit: unit.to_owned(),
        base: (base, measured(unit)),
        operation: String::new(),
    };
    // Machines are cores and memory: compute.googleapis.com, group CPU and RAM of a family.
    if let Some(machine) = part.meter.strip_prefix("google-cloud/compute-engine/") {
        let family = machine.split('-').next()?.to_uppercase();
        let cores = part.quantity * vcpus(machine)?;
        let core = format!("{family} Instance Core running in {country}");
        let ram = format!("{family} Instance Ram running in {country}");
        // E2: 0.02181159 for a core, and 4 times 0.00292353.
        let of_cores = part.usd * 0.651;
        let ram = named("Compute Engine", ram, "gibibyte hour", "byte-seconds");
        return Some(vec![
            (
                named("Compute Engine", core, "hour", "seconds"),
                cores,
                of_cores,
            ),
            (ram, 4.0 * cores, part.usd - of_cores),
        ]);
    }
    let [_, service, usage, unit, base] = entry(GOOGLE, part.meter)?;
    let mut usage = usage
        .replace("{in}", place.id())
        .replace("{area}", area)
        .replace("{city}", city)
        .replace(
            "{place}",
            &if place.region == Region::Us {
                String::new()
            } else {
                format!(" in {city}")
            },
        );
    // Jobs have SKUs of their own, at the price of services that are billed by instance.
    if usage.contains("(Instance-based billing)") && dice.below(2) == 0 {
        usage = usage
            .replace("Services", "Jobs")
            .replace(" (Instance-based billing)", "");
    }
    if part.meter == "google-cloud/gke/cluster" {
        usage =
            ["Zonal", "Regional", "Autopilot"][dice.below(3)].to_owned() + " Kubernetes Clusters";
    }
    // Priced by a thousandth of a vCPU.
    let times = if usage.contains("mCPU") { 1_000.0 } else { 1.0 };
    let named = named(service, usage, unit, base);
    Some(vec![(named, times * part.quantity, part.usd)])
}

fn azure(part: &Part, dice: &mut Dice) -> Option<Billed> {
    let named = |category: &str, sub: String, meter: String, unit: &str| Named {
        service: category.to_owned(),
        service_name: category.to_owned(),
        description: if sub.is_empty() {
            format!("{category} - {meter}")
        } else {
            format!("{sub} - {meter}")
        },
        usage: meter,
        operation: sub,
        unit: unit.to_owned(),
        base: ("", 1.0),
    };
    // A machine's meter is its size, spelt with spaces: "D2s v5" of "Virtual Machines Dsv5 Series".
    if let Some(machine) = part.meter.strip_prefix("azure/vm/") {
        let (size, version) = machine.split_once('_')?;
        let family: String = size.chars().filter(|c| !c.is_ascii_digit()).collect();
        let sub = format!("{family}{version} Series");
        let meter = machine.replace('_', " ");
        let named = named("Virtual Machines", sub, meter, "1 Hour");
        return Some(vec![(named, part.quantity, part.usd)]);
    }
    if let Some(disk) = part.meter.strip_prefix("azure/disk/") {
        let tier = disk.split('-').next()?.to_uppercase();
        let kind = if tier.starts_with('P') {
            "Premium"
        } else {
            "Standard"
        };
        let sub = format!("{kind} SSD Managed Disks");
        let named = named("Storage", sub, format!("{tier} LRS Disk"), "1/Month");
        return Some(vec![(named, part.quantity, part.usd)]);
    }
    let [_, category, sub, meter, unit] = entry(AZURE, part.meter)?;
    let mut meter = meter.to_owned();
    if part.meter == "azure/container-apps/memory" && dice.below(2) == 0 {
        meter = meter.replace("Active", "Idle");
    }
    let times = if unit == "1M" { 1e-6 } else { 1.0 };
    let named = named(category, sub.to_owned(), meter, unit);
    Some(vec![(named, times * part.quantity, part.usd)])
}
