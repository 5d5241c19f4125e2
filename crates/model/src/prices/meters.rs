//! A typed handle for every meter: its name in price books, its name on the vendor's bill, its unit.
//!
//! A test proves that every handle has its rows and every row a handle.

use super::{
    kinds::{
        Account, BillingAccount, Credit, Free, Kind, Multiplier, Price, Project, Share,
        Subscription, Workspace,
    },
    meter::{Meter, MeterId, MeterInfo},
};
use crate::units::{
    AddressHour, AddressMonth, ClusterHour, Day, DiskMonth, Dollar, Gb, GbHour, GbMinute, GbMonth,
    GbSecond, Gib, GibHour, GibMonth, GibSecond, GpuSecond, Hour, InstanceMonth, LcuHour, Minute,
    Month, Request, VcpuHour, VcpuMinute, VcpuSecond,
};
use std::fmt;

macro_rules! meters {
    ($($name:ident: $kind:ty = $id:literal, $bill:literal;)*) => {
        #[allow(non_camel_case_types, clippy::upper_case_acronyms, reason = "places named for their handles")]
        enum Place { $($name),* }
        $(
            #[doc = concat!("`", $id, "`: ", $bill, ".")]
            pub const $name: Meter<$kind> = Meter::new(Place::$name as u16);
        )*
        /// Every meter, by its place.
        pub static ALL: &[MeterInfo] = &[
            $(MeterInfo {
                id: $id,
                name: $bill,
                unit: <$kind as Kind>::unit,
                accepts: |x| <$kind as Kind>::value(x).is_some(),
            }),*
        ];
    };
}

meters! {
    CLOUD_RUN_CPU: Price<VcpuSecond> = "google-cloud/cloud-run/request-based/vcpu-active",
        "Services CPU (Request-based billing)";
    CLOUD_RUN_MEMORY: Price<GibSecond> = "google-cloud/cloud-run/request-based/memory-active",
        "Services Memory (Request-based billing)";
    CLOUD_RUN_IDLE_CPU: Price<VcpuSecond> = "google-cloud/cloud-run/request-based/vcpu-idle",
        "Services Min Instance CPU (Request-based billing)";
    CLOUD_RUN_IDLE_MEMORY: Price<GibSecond> = "google-cloud/cloud-run/request-based/memory-idle",
        "Services Min Instance Memory (Request-based billing)";
    CLOUD_RUN_INSTANCE_CPU: Price<VcpuSecond> = "google-cloud/cloud-run/instance-based/vcpu",
        "Services CPU (Instance-based billing)";
    CLOUD_RUN_INSTANCE_MEMORY: Price<GibSecond> = "google-cloud/cloud-run/instance-based/memory",
        "Services Memory (Instance-based billing)";
    CLOUD_RUN_WORKER_CPU: Price<VcpuSecond> = "google-cloud/cloud-run/worker-pool/vcpu", "Worker Pools CPU";
    CLOUD_RUN_WORKER_MEMORY: Price<GibSecond> = "google-cloud/cloud-run/worker-pool/memory", "Worker Pools Memory";
    CLOUD_RUN_L4: Price<GpuSecond> = "google-cloud/cloud-run/gpu-l4", "NVIDIA L4 GPU, no zonal redundancy";
    CLOUD_RUN_RTX_6000: Price<GpuSecond> = "google-cloud/cloud-run/gpu-rtx-pro-6000",
        "NVIDIA RTX PRO 6000 GPU, no zonal redundancy";
    CLOUD_RUN_REQUESTS: Price<Request> = "google-cloud/cloud-run/requests", "Requests";
    CLOUD_RUN_FREE_CPU: Free<VcpuSecond, BillingAccount> = "google-cloud/cloud-run/free/vcpu", "Free tier, CPU";
    CLOUD_RUN_FREE_MEMORY: Free<GibSecond, BillingAccount> = "google-cloud/cloud-run/free/memory",
        "Free tier, memory";
    CLOUD_RUN_FREE_REQUESTS: Free<Request, BillingAccount> = "google-cloud/cloud-run/free/requests",
        "Free tier, requests";
    CLOUD_RUN_FREE_INSTANCE_CPU: Free<VcpuSecond, BillingAccount> = "google-cloud/cloud-run/free/instance-vcpu",
        "Free tier, CPU (Instance-based billing)";
    CLOUD_RUN_FREE_INSTANCE_MEMORY: Free<GibSecond, BillingAccount> = "google-cloud/cloud-run/free/instance-memory",
        "Free tier, memory (Instance-based billing)";
    GCP_EGRESS_0: Price<Gib> = "google-cloud/egress/premium-0-1-tib", "Network Internet Egress, first 1 TiB";
    GCP_EGRESS_1: Price<Gib> = "google-cloud/egress/premium-1-10-tib", "Network Internet Egress, 1 to 10 TiB";
    GCP_EGRESS_10: Price<Gib> = "google-cloud/egress/premium-above-10-tib", "Network Internet Egress, above 10 TiB";
    GCP_ZONES: Price<Gib> = "google-cloud/zone-traffic/sender", "Network traffic between zones of a region";
    GCP_LOGS: Price<Gib> = "google-cloud/logging/ingestion", "Cloud Logging, log volume";
    GCP_FREE_LOGS: Free<Gib, Project> = "google-cloud/logging/free", "Free logging";

    GKE_CLUSTER: Price<ClusterHour> = "google-cloud/gke/cluster", "GKE cluster management fee";
    GKE_CREDIT: Credit<BillingAccount> = "google-cloud/gke/credit", "GKE free tier credit";
    AUTOPILOT_CPU: Price<VcpuHour> = "google-cloud/gke-autopilot/vcpu", "Autopilot Pod mCPU requests";
    AUTOPILOT_MEMORY: Price<GibHour> = "google-cloud/gke-autopilot/memory", "Autopilot Pod memory requests";
    AUTOPILOT_STORAGE: Price<GibHour> = "google-cloud/gke-autopilot/ephemeral-storage",
        "Autopilot Pod ephemeral storage requests";
    GCE_E2_2: Price<Hour> = "google-cloud/compute-engine/e2-standard-2", "Compute Engine e2-standard-2";
    GCE_E2_4: Price<Hour> = "google-cloud/compute-engine/e2-standard-4", "Compute Engine e2-standard-4";
    GCE_E2_8: Price<Hour> = "google-cloud/compute-engine/e2-standard-8", "Compute Engine e2-standard-8";
    GCE_E2_16: Price<Hour> = "google-cloud/compute-engine/e2-standard-16", "Compute Engine e2-standard-16";
    GCE_E2_32: Price<Hour> = "google-cloud/compute-engine/e2-standard-32", "Compute Engine e2-standard-32";
    GCE_N4_2: Price<Hour> = "google-cloud/compute-engine/n4-standard-2", "Compute Engine n4-standard-2";
    GCE_N4_4: Price<Hour> = "google-cloud/compute-engine/n4-standard-4", "Compute Engine n4-standard-4";
    GCE_N4_48: Price<Hour> = "google-cloud/compute-engine/n4-standard-48", "Compute Engine n4-standard-48";
    GCE_N4_80: Price<Hour> = "google-cloud/compute-engine/n4-standard-80", "Compute Engine n4-standard-80";
    GCE_G2_4: Price<Hour> = "google-cloud/compute-engine/g2-standard-4", "Compute Engine g2-standard-4 (one L4)";
    GCE_A2_1: Price<Hour> = "google-cloud/compute-engine/a2-highgpu-1g", "Compute Engine a2-highgpu-1g (one A100 of 40 GB)";
    GCE_G4_48: Price<Hour> = "google-cloud/compute-engine/g4-standard-48",
        "Compute Engine g4-standard-48 (one RTX PRO 6000)";
    GCE_A3_1: Price<Hour> = "google-cloud/compute-engine/a3-highgpu-1g", "Compute Engine a3-highgpu-1g (one H100)";
    GCE_A3_2: Price<Hour> = "google-cloud/compute-engine/a3-highgpu-2g", "Compute Engine a3-highgpu-2g (two H100)";
    GCE_A3_4: Price<Hour> = "google-cloud/compute-engine/a3-highgpu-4g", "Compute Engine a3-highgpu-4g (four H100)";
    PD_BALANCED: Price<GibMonth> = "google-cloud/persistent-disk/balanced", "Balanced PD capacity";
    GCP_LB: Price<Hour> = "google-cloud/load-balancer/forwarding-rules", "Forwarding rules, first five";
    GCP_LB_DATA: Price<Gib> = "google-cloud/load-balancer/data", "Load balancer data processed";
    GCP_NAT: Price<Hour> = "google-cloud/nat/gateway", "Cloud NAT gateway, per VM";
    GCP_NAT_DATA: Price<Gib> = "google-cloud/nat/data", "Cloud NAT data processed";
    GCP_IPV4: Price<AddressHour> = "google-cloud/ipv4/external", "External IP charge on a standard VM";
    GCP_REGISTRY: Price<GibMonth> = "google-cloud/registry/storage", "Artifact Registry storage";

    FARGATE_CPU: Price<VcpuHour> = "aws/fargate/x86/vcpu", "Fargate vCPU-Hours";
    FARGATE_MEMORY: Price<GbHour> = "aws/fargate/x86/memory", "Fargate GB-Hours";
    FARGATE_ARM_CPU: Price<VcpuHour> = "aws/fargate/arm/vcpu", "Fargate ARM vCPU-Hours";
    FARGATE_ARM_MEMORY: Price<GbHour> = "aws/fargate/arm/memory", "Fargate ARM GB-Hours";
    FARGATE_WINDOWS_CPU: Price<VcpuHour> = "aws/fargate/windows/vcpu", "Fargate Windows vCPU-Hours";
    FARGATE_WINDOWS_MEMORY: Price<GbHour> = "aws/fargate/windows/memory", "Fargate Windows GB-Hours";
    FARGATE_WINDOWS_LICENCE: Price<VcpuHour> = "aws/fargate/windows/licence", "Fargate Windows OS licence fee";
    EC2_WINDOWS: Price<VcpuHour> = "aws/windows/ec2-licence", "EC2, what Windows adds to a vCPU";
    GCE_WINDOWS: Price<VcpuHour> = "google-cloud/windows/licence", "Compute Engine, Windows Server licence";
    VM_WINDOWS: Price<VcpuHour> = "azure/windows/licence", "Virtual Machines, what Windows adds to a vCPU";
    FARGATE_STORAGE: Price<GbHour> = "aws/fargate/ephemeral-storage", "Fargate ephemeral storage above 20 GB";
    APP_RUNNER_CPU: Price<VcpuHour> = "aws/app-runner/vcpu-active", "App Runner vCPU-hours (active)";
    APP_RUNNER_MEMORY: Price<GbHour> = "aws/app-runner/memory", "App Runner GB-hours (provisioned)";
    EKS_CLUSTER: Price<ClusterHour> = "aws/eks/cluster", "EKS cluster hours";
    EKS_EXTENDED: Price<ClusterHour> = "aws/eks/cluster-extended", "EKS cluster hours in extended support";
    EKS_AUTO_FEE: Share = "aws/eks-auto/fee", "EKS Auto Mode management fee";
    EKS_AUTO_FEE_G: Share = "aws/eks-auto/fee-g", "EKS Auto Mode management fee, G series";
    EKS_AUTO_FEE_P: Share = "aws/eks-auto/fee-p", "EKS Auto Mode management fee, P series";
    ECS_MANAGED_FEE: Share = "aws/ecs-managed/fee", "ECS Managed Instances management fee";
    ECS_MANAGED_FEE_G: Share = "aws/ecs-managed/fee-g", "ECS Managed Instances management fee, G series";
    ECS_MANAGED_FEE_P: Share = "aws/ecs-managed/fee-p", "ECS Managed Instances management fee, P series";
    EC2_M5_LARGE: Price<Hour> = "aws/ec2/m5.large", "EC2 m5.large on demand, Linux";
    EC2_M5_XLARGE: Price<Hour> = "aws/ec2/m5.xlarge", "EC2 m5.xlarge on demand, Linux";
    EC2_M5_2XLARGE: Price<Hour> = "aws/ec2/m5.2xlarge", "EC2 m5.2xlarge on demand, Linux";
    EC2_M5_4XLARGE: Price<Hour> = "aws/ec2/m5.4xlarge", "EC2 m5.4xlarge on demand, Linux";
    EC2_M5_8XLARGE: Price<Hour> = "aws/ec2/m5.8xlarge", "EC2 m5.8xlarge on demand, Linux";
    EC2_M5_16XLARGE: Price<Hour> = "aws/ec2/m5.16xlarge", "EC2 m5.16xlarge on demand, Linux";
    EC2_M5_24XLARGE: Price<Hour> = "aws/ec2/m5.24xlarge", "EC2 m5.24xlarge on demand, Linux";
    EC2_M7I_LARGE: Price<Hour> = "aws/ec2/m7i.large", "EC2 m7i.large on demand, Linux";
    EC2_M7I_XLARGE: Price<Hour> = "aws/ec2/m7i.xlarge", "EC2 m7i.xlarge on demand, Linux";
    EC2_M7G_LARGE: Price<Hour> = "aws/ec2/m7g.large", "EC2 m7g.large on demand, Linux, Arm";
    EC2_M7G_XLARGE: Price<Hour> = "aws/ec2/m7g.xlarge", "EC2 m7g.xlarge on demand, Linux, Arm";
    EC2_G4DN_XLARGE: Price<Hour> = "aws/ec2/g4dn.xlarge", "EC2 g4dn.xlarge (one T4) on demand, Linux";
    EC2_G5_XLARGE: Price<Hour> = "aws/ec2/g5.xlarge", "EC2 g5.xlarge (one A10G) on demand, Linux";
    EC2_G6_XLARGE: Price<Hour> = "aws/ec2/g6.xlarge", "EC2 g6.xlarge (one L4) on demand, Linux";
    EC2_G6E_XLARGE: Price<Hour> = "aws/ec2/g6e.xlarge", "EC2 g6e.xlarge (one L40S) on demand, Linux";
    EC2_G7E_2XLARGE: Price<Hour> = "aws/ec2/g7e.2xlarge", "EC2 g7e.2xlarge (one RTX PRO 6000) on demand, Linux";
    EC2_P5_4XLARGE: Price<Hour> = "aws/ec2/p5.4xlarge", "EC2 p5.4xlarge (one H100) on demand, Linux";
    EC2_P4D_24XLARGE: Price<Hour> = "aws/ec2/p4d.24xlarge", "EC2 p4d.24xlarge (eight A100 of 40 GB) on demand, Linux";
    EC2_P4DE_24XLARGE: Price<Hour> = "aws/ec2/p4de.24xlarge", "EC2 p4de.24xlarge (eight A100 of 80 GB) on demand, Linux";
    EC2_P5_48XLARGE: Price<Hour> = "aws/ec2/p5.48xlarge", "EC2 p5.48xlarge (eight H100) on demand, Linux";
    EBS_GP3: Price<GbMonth> = "aws/ebs/gp3", "EBS gp3 storage";
    AWS_ALB: Price<Hour> = "aws/load-balancer/alb", "Application Load Balancer hours";
    AWS_LCU: Price<LcuHour> = "aws/load-balancer/lcu", "Application Load Balancer LCU hours";
    AWS_NLB: Price<Hour> = "aws/load-balancer/nlb", "Network Load Balancer hours";
    AWS_NLCU: Price<LcuHour> = "aws/load-balancer/nlcu", "Network Load Balancer LCU hours";
    AWS_IPV4: Price<AddressHour> = "aws/ipv4/public", "Public IPv4 address hours";
    AWS_NAT: Price<Hour> = "aws/nat/gateway", "NAT gateway hours";
    AWS_NAT_DATA: Price<Gb> = "aws/nat/data", "NAT gateway data processed";
    AWS_REGISTRY: Price<GbMonth> = "aws/registry/storage", "ECR storage";
    AWS_EGRESS_0: Price<Gb> = "aws/egress/first-10-tb", "Data transfer out to the internet, first 10 TB";
    AWS_EGRESS_10: Price<Gb> = "aws/egress/next-40-tb", "Data transfer out to the internet, next 40 TB";
    AWS_EGRESS_50: Price<Gb> = "aws/egress/next-100-tb", "Data transfer out to the internet, next 100 TB";
    AWS_EGRESS_150: Price<Gb> = "aws/egress/above-150-tb", "Data transfer out to the internet, above 150 TB";
    AWS_FREE_EGRESS: Free<Gb, Account> = "aws/egress/free", "Free data transfer out";
    AWS_ZONES: Price<Gb> = "aws/zone-traffic/each-side", "Data transfer between zones, each side";
    AWS_ENDPOINT_DATA: Price<Gb> = "aws/vpc-endpoint/data", "VPC interface endpoint data processed";
    AWS_ENDPOINT: Price<Hour> = "aws/vpc-endpoint/interface", "VPC interface endpoint, per zone";
    AWS_LOGS: Price<Gb> = "aws/logs/ingestion", "CloudWatch Logs ingestion";
    AWS_FREE_LOGS: Free<Gb, Account> = "aws/logs/free", "Free log ingestion";

    ACA_CPU: Price<VcpuSecond> = "azure/container-apps/vcpu-active", "Standard vCPU Active Usage";
    ACA_CPU_IDLE: Price<VcpuSecond> = "azure/container-apps/vcpu-idle", "Standard vCPU Idle Usage";
    ACA_MEMORY: Price<GibSecond> = "azure/container-apps/memory", "Standard Memory Usage";
    ACA_T4: Price<GpuSecond> = "azure/container-apps/gpu-t4", "Serverless GPU T4";
    ACA_A100: Price<GpuSecond> = "azure/container-apps/gpu-a100", "Serverless GPU A100";
    ACA_REQUESTS: Price<Request> = "azure/container-apps/requests", "Standard Requests";
    ACA_FREE_CPU: Free<VcpuSecond, Subscription> = "azure/container-apps/free/vcpu", "Free grant, vCPU";
    ACA_FREE_MEMORY: Free<GibSecond, Subscription> = "azure/container-apps/free/memory", "Free grant, memory";
    ACA_FREE_REQUESTS: Free<Request, Subscription> = "azure/container-apps/free/requests", "Free grant, requests";
    AKS_STANDARD: Price<ClusterHour> = "azure/aks/standard", "AKS Standard uptime SLA";
    AKS_PREMIUM: Price<ClusterHour> = "azure/aks/premium", "AKS Premium, long-term support";
    AKS_AUTOMATIC: Price<ClusterHour> = "azure/aks-automatic/cluster", "AKS Automatic hosted control plane";
    AKS_AUTOMATIC_CPU: Price<VcpuHour> = "azure/aks-automatic/vcpu", "AKS Automatic general purpose surcharge";
    VM_D2S: Price<Hour> = "azure/vm/D2s_v5", "Virtual machine D2s v5, Linux";
    VM_D4S: Price<Hour> = "azure/vm/D4s_v5", "Virtual machine D4s v5, Linux";
    VM_D8S: Price<Hour> = "azure/vm/D8s_v5", "Virtual machine D8s v5, Linux";
    VM_D16S: Price<Hour> = "azure/vm/D16s_v5", "Virtual machine D16s v5, Linux";
    VM_D32S: Price<Hour> = "azure/vm/D32s_v5", "Virtual machine D32s v5, Linux";
    VM_D64S: Price<Hour> = "azure/vm/D64s_v5", "Virtual machine D64s v5, Linux";
    VM_D96S: Price<Hour> = "azure/vm/D96s_v5", "Virtual machine D96s v5, Linux";
    VM_D2AS: Price<Hour> = "azure/vm/D2as_v5", "Virtual machine D2as v5, Linux";
    VM_D4AS: Price<Hour> = "azure/vm/D4as_v5", "Virtual machine D4as v5, Linux";
    VM_D2PS: Price<Hour> = "azure/vm/D2ps_v5", "Virtual machine D2ps v5, Linux, Arm";
    VM_D4PS: Price<Hour> = "azure/vm/D4ps_v5", "Virtual machine D4ps v5, Linux, Arm";
    VM_NC4AS_T4: Price<Hour> = "azure/vm/NC4as_T4_v3", "Virtual machine NC4as T4 v3 (one T4), Linux";
    VM_NV36ADS_A10: Price<Hour> = "azure/vm/NV36ads_A10_v5", "Virtual machine NV36ads A10 v5 (one A10), Linux";
    VM_NC24ADS_A100: Price<Hour> = "azure/vm/NC24ads_A100_v4", "Virtual machine NC24ads A100 v4 (one A100), Linux";
    VM_NC40ADS_H100: Price<Hour> = "azure/vm/NC40ads_H100_v5", "Virtual machine NC40ads H100 v5 (one H100), Linux";
    VM_NC48ADS_A100: Price<Hour> = "azure/vm/NC48ads_A100_v4", "Virtual machine NC48ads A100 v4 (two A100), Linux";
    VM_NC80ADIS_H100: Price<Hour> = "azure/vm/NC80adis_H100_v5", "Virtual machine NC80adis H100 v5 (two H100), Linux";
    DISK_P10: Price<DiskMonth> = "azure/disk/p10-128gib", "Premium SSD P10 disk, 128 GiB";
    DISK_E10: Price<DiskMonth> = "azure/disk/e10-128gib", "Standard SSD E10 disk, 128 GiB";
    DISK_P15: Price<DiskMonth> = "azure/disk/p15-256gib", "Premium SSD P15 disk, 256 GiB";
    DISK_P20: Price<DiskMonth> = "azure/disk/p20-512gib", "Premium SSD P20 disk, 512 GiB";
    DISK_P30: Price<DiskMonth> = "azure/disk/p30-1024gib", "Premium SSD P30 disk, 1,024 GiB";
    DISK_E15: Price<DiskMonth> = "azure/disk/e15-256gib", "Standard SSD E15 disk, 256 GiB";
    DISK_E20: Price<DiskMonth> = "azure/disk/e20-512gib", "Standard SSD E20 disk, 512 GiB";
    DISK_E30: Price<DiskMonth> = "azure/disk/e30-1024gib", "Standard SSD E30 disk, 1,024 GiB";
    DISK_E4: Price<DiskMonth> = "azure/disk/e4-32gib", "Standard SSD E4 disk, 32 GiB";
    AZURE_LB: Price<Hour> = "azure/load-balancer/rules", "Standard Load Balancer, included rules";
    AZURE_LB_DATA: Price<Gb> = "azure/load-balancer/data", "Standard Load Balancer data processed";
    AZURE_NAT: Price<Hour> = "azure/nat/gateway", "NAT gateway";
    AZURE_NAT_DATA: Price<Gb> = "azure/nat/data", "NAT gateway data processed";
    AZURE_IPV4: Price<AddressHour> = "azure/ipv4/public", "Standard static public IPv4 address";
    AZURE_EGRESS_0: Price<Gb> = "azure/egress/first-10-tb", "Bandwidth, data transfer out, first 10 TB";
    AZURE_EGRESS_10: Price<Gb> = "azure/egress/next-40-tb", "Bandwidth, data transfer out, next 40 TB";
    AZURE_EGRESS_50: Price<Gb> = "azure/egress/next-100-tb", "Bandwidth, data transfer out, next 100 TB";
    AZURE_EGRESS_150: Price<Gb> = "azure/egress/next-350-tb", "Bandwidth, data transfer out, next 350 TB";
    AZURE_FREE_EGRESS: Free<Gb, Subscription> = "azure/egress/free", "Free data transfer out";
    AZURE_ENDPOINT_DATA: Price<Gb> = "azure/private-endpoint/data", "Private Endpoint data processed";
    AZURE_ENDPOINT: Price<Hour> = "azure/private-endpoint/endpoint", "Private Endpoint";
    ACA_MANAGEMENT: Price<Hour> = "azure/container-apps/environment-management", "Environment Management Hour";
    AZURE_LOGS: Price<Gb> = "azure/logs/ingestion", "Log Analytics analytics logs ingestion";
    AZURE_FREE_LOGS: Free<Gb, BillingAccount> = "azure/logs/free", "Free log ingestion";
    AZURE_REGISTRY: Price<Day> = "azure/registry/basic", "Container Registry Basic unit";

    FLY_SHARED: Price<VcpuSecond> = "fly/shared-vcpu", "Machines, shared vCPU with 256 MB each";
    FLY_PERFORMANCE: Price<VcpuSecond> = "fly/performance-vcpu", "Machines, performance vCPU with 2 GB each";
    FLY_MEMORY: Price<GbSecond> = "fly/memory-extra", "Machines, additional memory";
    FLY_MULTIPLIER: Multiplier = "fly/region-multiplier", "Region multiplier";
    FLY_EGRESS: Price<Gb> = "fly/egress", "Outbound data transfer";
    FLY_IPV4: Price<AddressMonth> = "fly/ipv4/dedicated", "Dedicated IPv4";

    RAILWAY_HOBBY: Price<Month> = "railway/hobby-subscription", "Hobby subscription";
    RAILWAY_COMMITTED: Price<Month> = "railway/committed-spend", "Committed spend, HIPAA BAA included";
    RAILWAY_PRO: Price<Month> = "railway/pro-subscription", "Pro subscription";
    RAILWAY_CPU: Price<VcpuMinute> = "railway/vcpu", "CPU usage";
    RAILWAY_MEMORY: Price<GbMinute> = "railway/ram", "RAM usage";
    RAILWAY_EGRESS: Price<Gb> = "railway/egress", "Network egress";

    RENDER_STARTER: Price<InstanceMonth> = "render/starter-instance-0-5-cpu-512-mb", "Starter instance";
    RENDER_STANDARD: Price<InstanceMonth> = "render/standard-instance-1-cpu-2-gb", "Standard instance";
    RENDER_PRO: Price<InstanceMonth> = "render/pro-instance-2-cpu-4-gb", "Pro instance";
    RENDER_PRO_PLUS: Price<InstanceMonth> = "render/pro-plus-instance-4-cpu-8-gb", "Pro Plus instance";
    RENDER_PRO_MAX: Price<InstanceMonth> = "render/pro-max-instance-4-cpu-16-gb", "Pro Max instance";
    RENDER_PRO_ULTRA: Price<InstanceMonth> = "render/pro-ultra-instance-8-cpu-32-gb", "Pro Ultra instance";
    RENDER_HOBBY_WORKSPACE: Price<Month> = "render/hobby-workspace", "Hobby workspace";
    RENDER_PRO_WORKSPACE: Price<Month> = "render/pro-workspace", "Pro workspace";
    RENDER_SCALE_WORKSPACE: Price<Month> = "render/scale-workspace", "Scale workspace";
    RENDER_HOBBY_EGRESS: Free<Gb, Workspace> = "render/hobby-workspace/outbound", "Outbound included in Hobby";
    RENDER_PRO_EGRESS: Free<Gb, Workspace> = "render/pro-workspace/outbound", "Outbound included in Pro";
    RENDER_HIPAA: Price<Dollar> = "render/hipaa", "HIPAA-enabled workspace, on all usage";
    RENDER_SCALE_EGRESS: Free<Gb, Workspace> = "render/scale-workspace/outbound", "Outbound included in Scale";
    RENDER_EGRESS: Price<Gb> = "render/outbound-overage", "Outbound bandwidth overage";
    RENDER_CRON: Price<Minute> = "render/starter-cron", "Starter cron job";
    RENDER_CRON_LEAST: Price<Month> = "render/cron-minimum", "Cron job minimum";

    EC2_1Y: Share = "aws/commitment/ec2-1y", "Compute Savings Plan, EC2, one year";
    EC2_3Y: Share = "aws/commitment/ec2-3y", "Compute Savings Plan, EC2, three years";
    EC2_SPOT: Share = "aws/spot/ec2", "EC2 Spot";
    FARGATE_1Y: Share = "aws/commitment/fargate-1y", "Compute Savings Plan, Fargate, one year";
    FARGATE_3Y: Share = "aws/commitment/fargate-3y", "Compute Savings Plan, Fargate, three years";
    FARGATE_SPOT: Share = "aws/spot/fargate", "Fargate Spot";
    GCE_1Y: Share = "google-cloud/commitment/compute-engine-1y", "Committed use, Compute Engine, one year";
    GCE_3Y: Share = "google-cloud/commitment/compute-engine-3y", "Committed use, Compute Engine, three years";
    GCE_SPOT: Share = "google-cloud/spot/compute-engine", "Compute Engine Spot VMs";
    CLOUD_RUN_CUD: Share = "google-cloud/commitment/cloud-run", "Committed use, Cloud Run";
    FLEXIBLE_1Y: Share = "google-cloud/commitment/flexible-1y", "Flexible committed use, one year";
    FLEXIBLE_3Y: Share = "google-cloud/commitment/flexible-3y", "Flexible committed use, three years";
    AUTOPILOT_SPOT: Share = "google-cloud/spot/autopilot", "Autopilot Spot Pods";
    VM_1Y: Share = "azure/commitment/vm-1y", "Savings plan for compute, one year";
    VM_3Y: Share = "azure/commitment/vm-3y", "Savings plan for compute, three years";
    VM_SPOT: Share = "azure/spot/vm", "Spot Virtual Machines";
    FLY_RESERVED: Share = "fly/commitment/reservation", "Machine reservation, one year";
}

impl MeterId {
    /// What is known of the meter apart from its price.
    pub fn info(self) -> &'static MeterInfo {
        &ALL[usize::from(self.0)]
    }

    /// The meter of that name in price books.
    pub fn find(id: &str) -> Option<Self> {
        let place = ALL.iter().position(|info| info.id == id)?;
        Some(Self(u16::try_from(place).ok()?))
    }

    /// Every meter.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..=u16::MAX).map(Self).take(ALL.len())
    }
}

impl fmt::Debug for MeterId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.info().id)
    }
}

impl<K> fmt::Debug for Meter<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.id().fmt(f)
    }
}
