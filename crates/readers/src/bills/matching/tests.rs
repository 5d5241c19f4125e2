//! Names on bills, some recalled as the table says, near misses, and the table against the meters of the price book.

use super::*;
use Vendor::{Aws, Azure, GoogleCloud};
use plimsoll_model::{explore::billed::EXPORTING, prices::meters::ALL};
use std::collections::BTreeSet;

const GIB: f64 = 1_073_741_824.0;

/// Each a service, a usage, a unit, and the key and the factor that must come out.
type Row = (&'static str, &'static str, &'static str, &'static str, f64);

fn check(vendor: Vendor, rows: &[Row]) {
    for (service, usage, unit, key, times) in rows {
        let got = matching(vendor, service, usage, unit);
        let got = got.map(|got| (got.key.id, got.times));
        let near = got.is_some_and(|(id, x)| id == *key && (x - times).abs() <= 1e-12 * times);
        assert!(
            near,
            "{service}: {usage} [{unit}]: {got:?}, not {key} x {times}"
        );
    }
}

/// Usage types of AWS.
#[rustfmt::skip]
const USAGE_TYPES: &[Row] = &[
    ("AmazonECS", "Fargate-vCPU-Hours:perCPU", "vCPU-Hours", "aws/fargate/x86/vcpu", 1.0),
    ("AmazonECS", "USE1-Fargate-vCPU-Hours:perCPU", "hours", "aws/fargate/x86/vcpu", 1.0),
    ("AmazonECS", "Fargate-GB-Hours", "GB-Hours", "aws/fargate/x86/memory", 1.0),
    ("AmazonEKS", "Fargate-GB-Hours", "hours", "aws/fargate/x86/memory", 1.0),
    ("AWS Fargate", "Fargate-ARM-vCPU-Hours:perCPU", "hours", "aws/fargate/arm/vcpu", 1.0),
    ("AmazonECS", "Fargate-ARM-GB-Hours", "hours", "aws/fargate/arm/memory", 1.0),
    ("AmazonECS", "Fargate-Windows-vCPU-Hours:perCPU", "hours", "aws/fargate/windows/vcpu", 1.0),
    ("AmazonECS", "Fargate-Windows-GB-Hours", "hours", "aws/fargate/windows/memory", 1.0),
    ("AmazonECS", "Fargate-Windows-OS-Hours:perCPU", "hours", "aws/fargate/windows/licence", 1.0),
    ("AmazonECS", "Fargate-EphemeralStorage-GB-Hours", "GB-Hours", "aws/fargate/ephemeral-storage", 1.0),
    ("AmazonECS", "SpotUsage-Fargate-vCPU-Hours:perCPU", "hours", "aws/fargate/x86/vcpu", 1.0),
    ("AmazonECS", "EUW1-SpotUsage-Fargate-ARM-GB-Hours", "hours", "aws/fargate/arm/memory", 1.0),
    ("AmazonECS", "ECS-Managed-Instances:m7i.xlarge-management-hours", "Hrs", "aws/management-fee", 1.0),
    ("AmazonEKS", "EKS-Auto:m5.large-management-hours", "Hours", "aws/management-fee", 1.0),
    ("AmazonEKS", "APN1-EKS-Auto:g6.xlarge-management-hours", "Hours", "aws/management-fee", 1.0),
    ("AmazonEKS", "AmazonEKS-Hours:perCluster", "Hours", "aws/eks/cluster", 1.0),
    ("Amazon Elastic Container Service for Kubernetes", "AmazonEKS-Hours:extendedSupport", "Hours", "aws/eks/cluster", 0.0),
    ("AmazonEC2", "BoxUsage:m5.large", "Hrs", "aws/nodes", 2.0),
    ("AmazonEC2", "EUW1-BoxUsage:m7g.16xlarge", "Hrs", "aws/nodes", 64.0),
    ("Amazon Elastic Compute Cloud - Compute", "SpotUsage:c6a.4xlarge", "Hrs", "aws/nodes", 16.0),
    ("AmazonEC2", "DedicatedUsage:m5.xlarge", "Hrs", "aws/nodes", 4.0),
    ("AmazonEC2", "HeavyUsage:t3.medium", "Hrs", "aws/nodes", 2.0),
    ("EC2 - Other", "EBS:VolumeUsage.gp3", "GB-Mo", "aws/ebs/gp3", 1.0),
    ("EC2 - Other", "USE2-NatGateway-Hours", "Hrs", "aws/nat/gateway", 1.0),
    ("AmazonEC2", "NatGateway-Bytes", "GB", "aws/nat/data", 1.0),
    ("AmazonVPC", "PublicIPv4:InUseAddress", "Hrs", "aws/ipv4/public", 1.0),
    ("AmazonVPC", "PublicIPv4:IdleAddress", "Hrs", "aws/ipv4/public", 1.0),
    ("AmazonVPC", "VpcEndpoint-Hours", "Hrs", "aws/vpc-endpoint/interface", 1.0),
    ("Amazon Virtual Private Cloud", "VpcEndpoint-Bytes", "GB", "aws/vpc-endpoint/data", 1.0),
    ("AWSELB", "LoadBalancerUsage", "Hrs", "aws/load-balancer/alb", 1.0),
    ("AWSELB", "LCUUsage", "LCU-Hrs", "aws/load-balancer/lcu", 1.0),
    ("AWSELB", "LoadBalancerUsage / Network", "Hrs", "aws/load-balancer/nlb", 1.0),
    ("AWSELB", "LCUUsage / Network", "LCU-Hrs", "aws/load-balancer/nlcu", 1.0),
    ("AWSELB", "USW2-LCUUsage", "LCU-Hrs", "aws/load-balancer/lcu", 1.0),
    ("AmazonECR", "TimedStorage-ByteHrs", "GB-Mo", "aws/registry/storage", 1.0),
    ("AmazonCloudWatch", "DataProcessing-Bytes", "GB", "aws/logs/ingestion", 1.0),
    ("AmazonCloudWatch", "EUC1-VendedLog-Bytes", "GB", "aws/logs/ingestion", 1.0),
    ("AWSAppRunner", "AppRunner-vCPU-hours", "vCPU-Hours", "aws/app-runner/vcpu-active", 1.0),
    ("AWS App Runner", "USE1-AppRunner-GB-hours", "GB-Hours", "aws/app-runner/memory", 1.0),
    ("AWSAppRunner", "AppRunner-Provisioned-GB-hours", "GB-Hours", "aws/app-runner/memory", 1.0),
    ("AmazonEC2", "DataTransfer-Out-Bytes", "GB", "aws/egress", 1.0),
    ("AWSDataTransfer", "APN1-DataTransfer-Out-Bytes", "GB", "aws/egress", 1.0),
    ("AWS Data Transfer", "DataTransfer-Regional-Bytes", "GB", "aws/zone-traffic/each-side", 1.0),
];

#[test]
fn usage_types_of_aws_are_meters() {
    check(Aws, USAGE_TYPES);
}

/// Descriptions of charges of AWS.
#[rustfmt::skip]
const DESCRIPTIONS: &[Row] = &[
    ("Amazon Elastic Container Service", "AWS Fargate - vCPU  - US West 2 (Oregon)", "Hours", "aws/fargate/x86/vcpu", 1.0),
    ("Amazon Elastic Container Service", "AWS Fargate - Memory  - US West 2 (Oregon)", "Hours", "aws/fargate/x86/memory", 1.0),
    ("Amazon Elastic Container Service", "AWS Fargate - ARM - Memory - US West (Oregon)", "Hours", "aws/fargate/arm/memory", 1.0),
    ("Amazon Elastic Container Service", "AWS Fargate - ARM - vCPU - US West (Oregon)", "Hours", "aws/fargate/arm/vcpu", 1.0),
    ("Amazon Elastic Container Service", "AWS Fargate - Windows - vCPU - US East (N.Virginia)", "Hours", "aws/fargate/windows/vcpu", 1.0),
    ("Amazon Elastic Container Service", "AWS Fargate - Windows - Memory - US East (N.Virginia)", "Hours", "aws/fargate/windows/memory", 1.0),
    ("Amazon Elastic Container Service", "AWS Fargate - Windows - OS License - US East (N.Virginia)", "Hours", "aws/fargate/windows/licence", 1.0),
    ("Amazon Elastic Container Service", "AWS Fargate - Ephemeral Storage - US East (N.Virginia)", "Hours", "aws/fargate/ephemeral-storage", 1.0),
    ("Amazon Elastic Container Service", "$0.04048 per vCPU-hour", "Hours", "aws/fargate/x86/vcpu", 1.0),
    ("Amazon Elastic Container Service for Kubernetes", "Amazon EKS cluster usage in US East (Ohio)", "Hours", "aws/eks/cluster", 1.0),
    ("Amazon Elastic Kubernetes Service", "$0.10 per hour for Amazon EKS cluster", "Hours", "aws/eks/cluster", 1.0),
    ("Amazon Elastic Compute Cloud", "$0.111 per On Demand Linux m5.large Instance Hour", "Hours", "aws/nodes", 2.0),
    ("Amazon Elastic Kubernetes Service", "$0.50 per hour for extended support of an EKS cluster", "Hours", "aws/eks/cluster", 0.0),
    ("Amazon Elastic Compute Cloud", "$0.102 per Dedicated Linux m5.large Instance Hour", "Hours", "aws/nodes", 2.0),
    ("Amazon Elastic Compute Cloud", "$0.19152 per On Demand Linux m7i-flex.xlarge Instance Hour", "Hours", "aws/nodes", 4.0),
    ("Amazon Elastic Compute Cloud", "c4.large Linux/UNIX Spot Instance-hour in US West (Oregon) in VPC Zone #1", "Hours", "aws/nodes", 2.0),
    ("Amazon Elastic Compute Cloud", "Linux/UNIX (Amazon VPC), m4.large reserved instance applied", "Hrs", "aws/nodes", 2.0),
    ("Amazon Elastic Compute Cloud", "$0.08 per GB-month of General Purpose (gp3) provisioned storage - US West (Oregon)", "GB-Months", "aws/ebs/gp3", 1.0),
    ("Amazon Elastic Compute Cloud", "$0.045 per NAT Gateway Hour", "Hours", "aws/nat/gateway", 1.0),
    ("Amazon Elastic Compute Cloud", "$0.045 per GB Data Processed by NAT Gateways", "GB", "aws/nat/data", 1.0),
    ("Amazon Elastic Compute Cloud", "$0.090 per GB - first 10 TB / month data transfer out beyond the global free tier", "GB", "aws/egress", 1.0),
    ("Amazon Elastic Container Service", "$0.085 per GB - next 40 TB / month data transfer out", "GB", "aws/egress", 1.0),
    ("Amazon Elastic Compute Cloud", "$0.000 per GB - data transfer out under the monthly global free tier", "GB", "aws/egress", 1.0),
    ("Elastic Load Balancing", "USD 0.09 per GB for DataTransfer-Out-Bytes in EU (Stockholm)", "GB", "aws/egress", 1.0),
    ("Amazon Elastic Compute Cloud", "$0.010 per GB - regional data transfer - in/out/between EC2 AZs or using elastic IPs or ELB", "GB", "aws/zone-traffic/each-side", 1.0),
    ("Amazon Virtual Private Cloud", "$0.005 per In-use public IPv4 address per hour", "Hours", "aws/ipv4/public", 1.0),
    ("Amazon Virtual Private Cloud", "$0.005 per Idle public IPv4 address per hour", "Hours", "aws/ipv4/public", 1.0),
    ("Amazon Virtual Private Cloud", "$0.013 per VPC Endpoint Hour", "Hours", "aws/vpc-endpoint/interface", 1.0),
    ("Amazon Virtual Private Cloud", "$0.01 per GB for upto 1 PB monthly data processed by VPC Endpoints", "GB", "aws/vpc-endpoint/data", 1.0),
    ("Elastic Load Balancing", "$0.0225 per Application LoadBalancer-hour (or partial hour)", "Hours", "aws/load-balancer/alb", 1.0),
    ("Elastic Load Balancing", "$0.0225 per Network LoadBalancer-hour (or partial hour)", "Hours", "aws/load-balancer/nlb", 1.0),
    ("Elastic Load Balancing", "$0.008 per used Application load balancer capacity unit-hour (or partial hour)", "LCU-Hours", "aws/load-balancer/lcu", 1.0),
    ("Elastic Load Balancing", "$0.006 per used Network load balancer capacity unit-hour (or partial hour)", "LCU-Hours", "aws/load-balancer/nlcu", 1.0),
    ("Amazon EC2 Container Registry (ECR)", "$0.10 per GB-month of data storage", "GB-Months", "aws/registry/storage", 1.0),
    ("Amazon EC2 Container Registry (ECR)", "USD 0.1 per GB-Mo for TimedStorage-ByteHrs in EU (Stockholm)", "GB-Months", "aws/registry/storage", 1.0),
    ("AmazonCloudWatch", "$0.50 per GB custom log data ingested in Standard log class - US East (Ohio)", "GB", "aws/logs/ingestion", 1.0),
    ("AmazonCloudWatch", "$0.63 per GB of vended logs ingested in Standard log class for the first 10TB - EU (Frankfurt)", "GB", "aws/logs/ingestion", 1.0),
];

#[test]
fn descriptions_of_charges_of_aws_are_meters() {
    check(Aws, DESCRIPTIONS);
}

/// Descriptions of SKUs of Google Cloud.
#[rustfmt::skip]
const SKUS: &[Row] = &[
    ("Cloud Run", "Services CPU (Request-based billing)", "seconds", "google-cloud/cloud-run/request-based/vcpu-active", 1.0),
    ("Cloud Run", "Services CPU Tier 2  (Request-based billing)", "second", "google-cloud/cloud-run/request-based/vcpu-active", 1.0),
    ("Cloud Run", "CPU Allocation Time", "vCPU second", "google-cloud/cloud-run/request-based/vcpu-active", 1.0),
    ("Cloud Run", "CPU Allocation Time (tier 2)", "hour", "google-cloud/cloud-run/request-based/vcpu-active", 3600.0),
    ("Cloud Run", "Services Memory (Request-based billing)", "byte-seconds", "google-cloud/cloud-run/request-based/memory-active", 1.0 / GIB),
    ("Cloud Run", "Memory Allocation Time", "gibibyte second", "google-cloud/cloud-run/request-based/memory-active", 1.0),
    ("Cloud Run", "Services Min Instance CPU (Request-based billing)", "seconds", "google-cloud/cloud-run/request-based/vcpu-idle", 1.0),
    ("Cloud Run", "Services Min Instance Memory Tier 2 (Request-based billing)", "byte-seconds", "google-cloud/cloud-run/request-based/memory-idle", 1.0 / GIB),
    ("Cloud Run", "Idle Min-Instance CPU Allocation Time (tier 2)", "second", "google-cloud/cloud-run/request-based/vcpu-idle", 1.0),
    ("Cloud Run", "Idle Min-Instance Memory Allocation Time", "byte-seconds", "google-cloud/cloud-run/request-based/memory-idle", 1.0 / GIB),
    ("Cloud Run", "CPU Allocation Time (Always-on CPU)", "seconds", "google-cloud/cloud-run/instance-based/vcpu", 1.0),
    ("Cloud Run", "Memory Allocation Time (Always-on CPU)", "byte-seconds", "google-cloud/cloud-run/instance-based/memory", 1.0 / GIB),
    ("Cloud Run", "Services CPU (Instance-based billing) in us-central1", "seconds", "google-cloud/cloud-run/instance-based/vcpu", 1.0),
    ("Cloud Run", "Services Memory (Instance-based billing) in europe-west1", "gibibyte second", "google-cloud/cloud-run/instance-based/memory", 1.0),
    ("Cloud Run", "Jobs CPU in us-east1", "seconds", "google-cloud/cloud-run/instance-based/vcpu", 1.0),
    ("Cloud Run", "Jobs Memory in us-east1", "byte-seconds", "google-cloud/cloud-run/instance-based/memory", 1.0 / GIB),
    ("Cloud Run", "Worker Pools CPU in us-west1", "seconds", "google-cloud/cloud-run/worker-pool/vcpu", 1.0),
    ("Cloud Run", "Worker Pools Memory in us-west1", "gibibyte second", "google-cloud/cloud-run/worker-pool/memory", 1.0),
    ("Cloud Run", "NVIDIA L4 GPU with no zonal redundancy in us-central1", "seconds", "google-cloud/cloud-run/gpu-l4", 1.0),
    ("Cloud Run", "NVIDIA RTX Pro 6000 GPU with no zonal redundancy in us-central1", "hour", "google-cloud/cloud-run/gpu-rtx-pro-6000", 3600.0),
    ("Cloud Run", "Requests", "requests", "google-cloud/cloud-run/requests", 1.0),
    ("Cloud Run", "Requests", "count", "google-cloud/cloud-run/requests", 1.0),
    ("Cloud Run", "Requests", "1000000 requests", "google-cloud/cloud-run/requests", 1e6),
    ("Kubernetes Engine", "Autopilot Pod mCPU Requests (us-central1)", "hour", "google-cloud/gke-autopilot/vcpu", 0.001),
    ("Kubernetes Engine", "Autopilot Pod mCPU Requests (us-central1)", "seconds", "google-cloud/gke-autopilot/vcpu", 0.001 / 3600.0),
    ("Kubernetes Engine", "Autopilot Spot Pod mCPU Requests (us-central1)", "mCPU hour", "google-cloud/gke-autopilot/vcpu", 0.001),
    ("Kubernetes Engine", "Autopilot Pod mCPU Requests (me-central1)", "vCPU hour", "google-cloud/gke-autopilot/vcpu", 1.0),
    ("Kubernetes Engine", "Autopilot Pod Memory Requests (us-central1)", "gibibyte hour", "google-cloud/gke-autopilot/memory", 1.0),
    ("Kubernetes Engine", "Autopilot Pod Ephemeral Storage Requests (asia-east1)", "byte-seconds", "google-cloud/gke-autopilot/ephemeral-storage", 1.0 / GIB / 3600.0),
    ("Kubernetes Engine", "Zonal Kubernetes Clusters", "hour", "google-cloud/gke/cluster", 1.0),
    ("Kubernetes Engine", "Regional Kubernetes Clusters", "seconds", "google-cloud/gke/cluster", 1.0 / 3600.0),
    ("Kubernetes Engine", "Autopilot Kubernetes Clusters", "hour", "google-cloud/gke/cluster", 1.0),
    ("Compute Engine", "E2 Instance Core running in Americas", "hour", "google-cloud/nodes", 1.0),
    ("Compute Engine", "Spot Preemptible E2 Instance Core running in EMEA", "seconds", "google-cloud/nodes", 1.0 / 3600.0),
    ("Compute Engine", "N4 Instance Ram running in Americas", "gibibyte hour", "google-cloud/nodes", 0.0),
    ("Compute Engine", "RTX 6000 96GB running in Delhi", "hour", "google-cloud/nodes", 0.0),
    ("Compute Engine", "Nvidia L4 GPU running in Frankfurt", "hour", "google-cloud/nodes", 0.0),
    ("Compute Engine", "Nvidia Tesla A100 GPU attached to Spot Preemptible VMs running in Americas", "hour", "google-cloud/nodes", 0.0),
    ("Compute Engine", "Licensing Fee for Windows Server 2019 Datacenter Edition (CPU cost)", "hour", "google-cloud/windows/licence", 1.0),
    ("Compute Engine", "Balanced PD Capacity", "gibibyte month", "google-cloud/persistent-disk/balanced", 1.0),
    ("Compute Engine", "Balanced PD Capacity", "byte-seconds", "google-cloud/persistent-disk/balanced", 1.0 / GIB / SECONDS_PER_MONTH),
    ("Compute Engine", "Network Load Balancing: Forwarding Rule Minimum Service Charge in EMEA", "hour", "google-cloud/load-balancer/forwarding-rules", 1.0),
    ("Networking", "Cloud Load Balancer Forwarding Rule Minimum Global", "hour", "google-cloud/load-balancer/forwarding-rules", 1.0),
    ("Networking", "Global External Application Load Balancer Outbound Data Processing for Taiwan (asia-east1)", "gibibyte", "google-cloud/load-balancer/data", 1.0),
    ("Compute Engine", "Network Load Balancing: Data Processing Charge in Americas", "bytes", "google-cloud/load-balancer/data", 1.0 / GIB),
    ("Networking", "Networking Cloud Nat Gateway Uptime", "hour", "google-cloud/nat/gateway", 1.0),
    ("Networking", "Networking Cloud Nat Data Processing", "gibibyte", "google-cloud/nat/data", 1.0),
    ("Compute Engine", "NAT Gateway: Uptime charge in Americas", "hour", "google-cloud/nat/gateway", 1.0),
    ("Compute Engine", "NAT Gateway: Data processing charge in Americas", "gibibyte", "google-cloud/nat/data", 1.0),
    ("Compute Engine", "External IP Charge on a Standard VM", "hour", "google-cloud/ipv4/external", 1.0),
    ("Compute Engine", "Static Ip Charge", "hour", "google-cloud/ipv4/external", 1.0),
    ("Compute Engine", "Network Internet Data Transfer Out from Americas to EMEA", "gibibyte", "google-cloud/egress", 1.0),
    ("Compute Engine", "Network Internet Egress from Americas to Americas", "bytes", "google-cloud/egress", 1.0 / GIB),
    ("Compute Engine", "Network Inter Zone Data Transfer Out", "gibibyte", "google-cloud/zone-traffic/sender", 1.0),
    ("Compute Engine", "Network Inter Zone Egress", "gibibyte", "google-cloud/zone-traffic/sender", 1.0),
    ("Cloud Logging", "Log Storage cost", "gibibyte", "google-cloud/logging/ingestion", 1.0),
    ("Cloud Logging", "Log Volume", "gibibyte", "google-cloud/logging/ingestion", 1.0),
    ("Artifact Registry", "Artifact Registry Storage", "gibibyte month", "google-cloud/registry/storage", 1.0),
];

#[test]
fn skus_of_google_cloud_are_meters() {
    check(GoogleCloud, SKUS);
}

/// Meters of Azure, as cost details and as FOCUS have them.
#[rustfmt::skip]
const METERS: &[Row] = &[
    ("Azure Container Apps", "Standard vCPU Active Usage", "Second", "azure/container-apps/vcpu-active", 1.0),
    ("Azure Container Apps", "Standard vCPU Idle Usage", "Seconds", "azure/container-apps/vcpu-idle", 1.0),
    ("Azure Container Apps", "Standard Memory Active Usage", "GiB Second", "azure/container-apps/memory", 1.0),
    ("Azure Container Apps", "Azure Container Apps / Standard Memory Idle Usage", "GiB Second", "azure/container-apps/memory", 1.0),
    ("Azure Container Apps", "Azure Container Apps - Standard vCPU Active Usage - US East", "Seconds", "azure/container-apps/vcpu-active", 1.0),
    ("Azure Container Apps", "Standard Requests", "", "azure/container-apps/requests", 1.0),
    ("Azure Container Apps", "Standard Requests", "1M", "azure/container-apps/requests", 1e6),
    ("Azure Container Apps", "Standard NC T4 v3 GPU Usage", "Second", "azure/container-apps/gpu-t4", 1.0),
    ("Azure Container Apps", "Standard NC A100 v4 GPU Usage", "Second", "azure/container-apps/gpu-a100", 1.0),
    ("Azure Container Apps", "Environment Management Hour", "Hour", "azure/container-apps/environment-management", 1.0),
    ("Azure Container Apps", "Dedicated Plan Management", "Hour", "azure/container-apps/environment-management", 1.0),
    ("Azure Kubernetes Service", "Standard Uptime SLA", "Hour", "azure/aks/standard", 1.0),
    ("Azure Kubernetes Service", "Standard Long Term Support", "Hour", "azure/aks/premium", 1.0),
    ("Azure Kubernetes Service", "Automatic Hosted Control Plane", "Hour", "azure/aks-automatic/cluster", 1.0),
    ("Azure Kubernetes Service", "Azure Kubernetes Service - Automatic / Automatic General Purpose", "Hour", "azure/aks-automatic/vcpu", 1.0),
    ("Virtual Machines", "D4s v5", "Hour", "azure/nodes", 4.0),
    ("Virtual Machines", "D2as v5/D2s v5", "Hour", "azure/nodes", 2.0),
    ("Virtual Machines", "Dsv5 Series / D8s v5 Spot", "Hours", "azure/nodes", 8.0),
    ("Virtual Machines", "Virtual Machines NCadsA100v4 Series / NC24ads A100 v4", "Hour", "azure/nodes", 24.0),
    ("Azure Machine Learning", "Virtual Machines Dv2/DSv2 Series - D11 v2/DS11 v2 - US East 2", "Hours", "azure/nodes", 2.0),
    ("Storage", "P10 LRS Disk", "Month", "azure/disks", 1.0),
    ("Storage", "P10 Disks", "Month", "azure/disks", 1.0),
    ("Virtual Machines", "Standard SSD Managed Disks - E4 LRS - EU West", "Units/Month", "azure/disks", 1.0),
    ("Storage", "Standard SSD Managed Disks / E10 LRS Disk", "", "azure/disks", 1.0),
    ("Virtual Machines", "Premium SSD Managed Disks - P4 LRS - US East", "Units/Month", "azure/disks", 1.0),
    ("Load Balancer", "Standard Included LB Rules and Outbound Rules", "Hour", "azure/load-balancer/rules", 1.0),
    ("Load Balancer", "Standard Data Processed", "GB", "azure/load-balancer/data", 1.0),
    ("Azure Machine Learning", "Load Balancer - Standard Data Processed", "GB", "azure/load-balancer/data", 1.0),
    ("NAT Gateway", "Standard Gateway", "Hour", "azure/nat/gateway", 1.0),
    ("NAT Gateway", "Standard Data Processed", "GB", "azure/nat/data", 1.0),
    ("Virtual Network", "IP Addresses / Standard IPv4 Static Public IP", "Hour", "azure/ipv4/public", 1.0),
    ("Azure Machine Learning", "IP Addresses - Standard IPv4 Static Public IP - Dev/Test", "Hours", "azure/ipv4/public", 1.0),
    ("Virtual Network", "Standard Private Endpoint", "Hour", "azure/private-endpoint/endpoint", 1.0),
    ("Virtual Network", "Virtual Network Private Link / Standard Data Processed - Ingress", "GB", "azure/private-endpoint/data", 1.0),
    ("Virtual Network", "Standard Data Processed - Egress", "GB", "azure/private-endpoint/data", 1.0),
    ("Bandwidth", "Rtn Preference: MGN / Standard Data Transfer Out", "GB", "azure/egress", 1.0),
    ("Virtual Machine Scale Sets", "Rtn Preference: MGN - Standard Data Transfer Out", "GB", "azure/egress", 1.0),
    ("Log Analytics", "Pay-as-you-go Data Ingestion", "GB", "azure/logs/ingestion", 1.0),
    ("Azure Monitor", "Analytics Logs Data Ingestion", "GB", "azure/logs/ingestion", 1.0),
    ("Container Registry", "Basic Registry Unit", "Day", "azure/registry/basic", 1.0),
];

#[test]
fn meters_of_azure_are_meters() {
    check(Azure, METERS);
}

/// Near misses: a vendor, a service, a usage, a unit.
#[rustfmt::skip]
const MISSES: &[(Vendor, &str, &str, &str)] = &[
    (Aws, "AmazonEC2", "DataTransfer-In-Bytes", "GB"),
    // Between regions: our bills have no such traffic, and it isn't priced as what goes to the internet.
    (Aws, "AmazonEC2", "USE1-EUC1-AWS-Out-Bytes", "GB"),
    (Aws, "AmazonEC2", "$0.02 per GB - US West (Oregon) data transfer to US East (Ohio)", "GB"),
    (Aws, "AmazonEC2", "$0.00 per GB data transfer out of US West (Oregon) to CloudFront", "GB"),
    (Aws, "AmazonEC2", "$0.000 per GB - data transfer in per month", "GB"),
    (Aws, "AmazonEC2", "EBS:VolumeUsage.gp2", "GB-Mo"),
    (Aws, "AmazonEC2", "EBS:VolumeP-IOPS.gp3", "IOPS-Mo"),
    (Aws, "AmazonEC2", "EBSOptimized:m5.large", "Hrs"),
    (Aws, "AmazonEC2", "HostBoxUsage:m5.large", "Hrs"),
    (Aws, "AmazonEC2", "CPUCredits:t3", "vCPU-Hours"),
    (Aws, "AmazonEC2", "$0.00 for 4245 Mbps per c6a.4xlarge instance-hour (or partial hour)", "Hours"),
    (Aws, "AmazonEC2", "BoxUsage:m5.large", "GB"),
    (Aws, "AmazonRDS", "NatGateway-Hours", "Hrs"),
    (Aws, "AmazonRDS", "InstanceUsage:db.m5.large", "Hrs"),
    (Aws, "AmazonRDS", "RDS:GP3-Storage", "GB-Mo"),
    (Aws, "AmazonS3", "TimedStorage-ByteHrs", "GB-Mo"),
    (Aws, "AmazonS3", "DataTransfer-Out-Bytes", "GB"),
    (Aws, "AmazonCloudFront", "US-DataTransfer-Out-Bytes", "GB"),
    (Aws, "AmazonCloudFront", "CloudFront-Out-Bytes", "GB"),
    (Aws, "AmazonCloudWatch", "TimedStorage-ByteHrs", "GB-Mo"),
    (Aws, "AmazonCloudWatch", "VendedLog-Bytes-WAFLogs", "GB"),
    (Aws, "AWSLambda", "Request", "Requests"),
    (Aws, "AWSLambda", "Lambda-Managed-Instances-c7i.8xlarge-Management-Hours", "Hrs"),
    (Aws, "AWSELB", "DataProcessing-Bytes", "GB"),
    (Aws, "Elastic Load Balancing", "$0.025 per LoadBalancer-hour (or partial hour)", "Hours"),
    (Aws, "AmazonLightsail", "LoadBalancerUsage", "Hrs"),
    (Aws, "AmazonEKS", "AmazonEKS-Hours:XL-ProvisionedTier", "Hours"),
    (Aws, "AmazonECS", "ECS-Anywhere-Instance-hours", "Hours"),
    (Aws, "AmazonECS", "", "USD"),
    (GoogleCloud, "AmazonECS", "Fargate-GB-Hours", "hours"),
    (GoogleCloud, "Cloud SQL", "Cloud SQL for PostgreSQL: Zonal - vCPU in EMEA", "hour"),
    (GoogleCloud, "Cloud Vision API", "Requests", "count"),
    (GoogleCloud, "Cloud Run Functions", "Cloud Run functions CPU (Request-based billing) in us-east1", "second"),
    (GoogleCloud, "Cloud Run", "Services CPU (Request-based billing)", "gibibyte second"),
    (GoogleCloud, "Compute Engine", "Commitment v1: E2 Cpu in Americas for 1 Year", "hour"),
    (GoogleCloud, "Kubernetes Engine", "Zonal Kubernetes Clusters Extended Period", "hour"),
    (GoogleCloud, "Compute Engine", "Regional Balanced PD Capacity", "gibibyte month"),
    (GoogleCloud, "Compute Engine", "Network Internet Ingress from EMEA to Americas", "gibibyte"),
    (GoogleCloud, "Compute Engine", "Network Inter Region Data Transfer Out (Americas to Americas)", "gibibyte"),
    (GoogleCloud, "Networking", "Cloud Load Balancer Forwarding Rule Additional Global", "hour"),
    (GoogleCloud, "Networking", "Private Nat Gateway Uptime", "hour"),
    (GoogleCloud, "Cloud Logging", "Log Retention cost", "gibibyte month"),
    (Azure, "Azure Kubernetes Service", "Microsoft Defender for Containers - Standard vCore vCore Pack", "Units/Hour"),
    (Azure, "Azure Machine Learning", "Bandwidth Inter-Region - Intra Continent Data Transfer Out - North America", "GB"),
    (Azure, "Bandwidth", "Standard Inter-Availability Zone Data Transfer Out", "GB"),
    (Azure, "Load Balancer", "Standard Overage LB Rules and Outbound Rules", "Hour"),
    (Azure, "Storage", "Premium LRS Provisioned", "GB/Month"),
    (Azure, "Virtual Machines", "Standard HDD Managed Disks - S4 LRS - US East", "Units/Month"),
    (Azure, "Virtual Machines Licenses", "4 vCPU VM Server License", "Hour"),
    (Azure, "Virtual Machines", "Dsv3 Series Dedicated Host / Dsv3 Type1", "Hour"),
    (Azure, "SQL Database", "General Purpose / vCore", "Hour"),
    (Vendor::Fly, "AmazonECS", "Fargate-GB-Hours", "hours"),
];

#[test]
fn what_is_no_meter_of_ours_is_none() {
    for (vendor, service, usage, unit) in MISSES {
        let got = matching(*vendor, service, usage, unit);
        assert_eq!(got, None, "{service}: {usage} [{unit}]");
    }
}

#[test]
fn every_line_of_the_table_is_a_row_that_can_match() {
    assert!(TEXT.len() <= 12_000, "{} bytes", TEXT.len());
    let lines = TEXT
        .lines()
        .filter(|line| !line.starts_with(['#', '@']) && !line.is_empty());
    let rows = rows(TEXT);
    assert_eq!(rows.len(), lines.clone().count());
    for (row, line) in rows.iter().zip(lines) {
        let row = row.as_ref().expect(line);
        let source = line.rsplit(',').next().unwrap();
        assert!(
            ["P", "F", "G", "R", "D", "?"].contains(&source),
            "{line}: source"
        );
        if let Some(key) = row.key {
            assert_eq!(key.vendor(), Some(row.vendor), "{line}");
            assert!(Unit::read(&key.unit()).is_some(), "{line}: {}", key.unit());
        }
    }
    // What no table may have is found, and stops nothing.
    let bad = "aws,@nobody,a,,aws/nodes,P\naws,a,b\nus,a,b,,aws/nodes,P\naws,a,b,2,aws/nodes,P\naws,a,b,,aws/no,P\n";
    assert!(super::rows(bad).iter().all(Option::is_none));
}

#[test]
fn every_row_is_the_first_that_a_name_of_these_tests_fits() {
    let table: Vec<super::Row<'_>> = rows(TEXT).into_iter().flatten().collect();
    let of = |vendor| move |row: &Row| (vendor, row.0, row.1);
    let names = (USAGE_TYPES.iter().chain(DESCRIPTIONS).map(of(Aws)))
        .chain(SKUS.iter().map(of(GoogleCloud)))
        .chain(METERS.iter().map(of(Azure)))
        .chain(MISSES.iter().map(|miss| (miss.0, miss.1, miss.2)));
    let reached: BTreeSet<*const super::Row<'_>> = names
        .filter_map(|(vendor, service, usage)| found(&table, vendor, service, usage))
        .map(std::ptr::from_ref)
        .collect();
    let idle: Vec<&str> = (table.iter())
        .filter(|row| !reached.contains(&std::ptr::from_ref(*row)))
        .map(|row| row.usage)
        .collect();
    assert!(idle.is_empty(), "{idle:#?}");
}

/// Prices that stand on no row of their own.
const WITHIN_OTHERS: [(&str, &str); 2] = [
    (
        "aws/windows/ec2-licence",
        "in the price of a machine: BoxUsage says no operating system",
    ),
    (
        "azure/windows/licence",
        "in the price of a machine: its meter is of a Windows series",
    ),
];

#[test]
fn every_price_of_a_vendor_that_exports_has_a_row() {
    let reached: BTreeSet<&str> = rows(TEXT)
        .into_iter()
        .flatten()
        .filter_map(|row| row.key)
        .map(|key| key.id)
        .collect();
    for info in ALL {
        let key = Key::of(info.id).unwrap();
        let is_price = (info.unit)().starts_with("USD per ") && !(info.unit)().contains(" and ");
        if !is_price || !key.vendor().is_some_and(|each| EXPORTING.contains(&each)) {
            continue;
        }
        let within = WITHIN_OTHERS.iter().any(|(id, _)| *id == info.id);
        assert_ne!(reached.contains(key.id), within, "{}", info.id);
    }
}

#[test]
fn no_text_stops_it_or_makes_a_factor_that_is_no_number() {
    let endless = "4000000000M ".repeat(50) + "requests";
    for (vendor, service, usage, unit) in [
        (GoogleCloud, "Cloud Run", "Requests", endless.as_str()),
        (Aws, "AmazonEC2", "BoxUsage:m5.infxlarge", "Hrs"),
        (Aws, "AmazonEC2", "BoxUsage:é.xl", "Hrs"),
        (Azure, "Virtual Machines", "é1 - D€4 v5 / ", "é"),
        (Azure, "Virtual Machines", "E4-€2s v5", "Hour"),
        (Azure, " / ", " - ", "€k"),
    ] {
        assert_eq!(matching(vendor, service, usage, unit), None, "{usage}");
    }
}

#[test]
fn globs_have_stars_and_nothing_else() {
    for (text, glob, fits) in [
        ("", "", true),
        ("", "*", true),
        ("a", "", false),
        ("Abc", "aBC", true),
        ("abc", "a*", true),
        ("abc", "*c", true),
        ("abcabd", "*ab*d", true),
        ("abcabd", "*ab*c", false),
        ("aab", "*ab", true),
        ("a.c", "a.c", true),
        ("abc", "a.c", false),
        ("é", "*", true),
    ] {
        assert_eq!(is_like(text, glob), fits, "{text} {glob}");
    }
}

#[test]
fn units_become_those_of_keys() {
    for (bill, key, times) in [
        ("Hrs", "hour", Some(1.0)),
        ("1/Hour", "hour", Some(1.0)),
        ("Hours", "GB-hour", Some(1.0)),
        ("vCPU-Hours", "vCPU-second", Some(3600.0)),
        ("s", "vCPU-second", Some(1.0)),
        ("gibibyte", "GB", Some(1.073_741_824)),
        ("GB", "GiB", Some(1.0 / 1.073_741_824)),
        ("bytes", "GB", Some(1e-9)),
        ("mebibyte", "GiB", Some(1.0 / 1024.0)),
        ("100 GB", "GB", Some(100.0)),
        ("10K", "request", Some(10_000.0)),
        ("Units/Day", "day", Some(1.0)),
        ("GB-Mo", "GB-month", Some(1.0)),
        ("month", "hour", Some(SECONDS_PER_MONTH / SECONDS_PER_HOUR)),
        ("Hours", "GB", None),
        ("GB", "GB-month", None),
        ("Units", "GB", None),
        ("10", "GB", None),
        ("GB", "request", None),
        ("Lambda-GB-Seconds", "GB-second", None),
        ("GiB/Second-Months", "GiB-month", None),
        ("IOPS-Months", "GB-month", None),
        ("0", "request", None),
    ] {
        let read = Unit::read(bill).and_then(|unit| unit.over(&Unit::read(key)?));
        let near = match (read, times) {
            (Some(read), Some(times)) => (read - times).abs() <= 1e-12 * times,
            (read, times) => read == times,
        };
        assert!(near, "{bill} as {key}: {read:?}, not {times:?}");
    }
}
