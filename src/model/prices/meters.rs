//! A typed handle for every meter: its name in price books, its name on the vendor's bill, its unit.
//!
//! A test proves that every handle has its rows and every row a handle.

use super::{Account, BillingAccount, Free, Kind, Meter, MeterInfo, Price, Project};
use crate::model::units::{
    AddressHour, ClusterHour, Gb, GbHour, GbMonth, Gib, GibSecond, Hour, LcuHour, Request,
    VcpuHour, VcpuSecond,
};

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
    GCP_LOGS: Price<Gib> = "google-cloud/logging/ingestion", "Cloud Logging, log volume";
    GCP_FREE_LOGS: Free<Gib, Project> = "google-cloud/logging/free", "Free logging";

    FARGATE_CPU: Price<VcpuHour> = "aws/fargate/x86/vcpu", "Fargate vCPU-Hours";
    FARGATE_MEMORY: Price<GbHour> = "aws/fargate/x86/memory", "Fargate GB-Hours";
    FARGATE_STORAGE: Price<GbHour> = "aws/fargate/ephemeral-storage", "Fargate ephemeral storage above 20 GB";
    EKS_CLUSTER: Price<ClusterHour> = "aws/eks/cluster", "EKS cluster hours";
    EC2_M5_LARGE: Price<Hour> = "aws/ec2/m5.large", "EC2 m5.large on demand, Linux";
    EC2_M5_XLARGE: Price<Hour> = "aws/ec2/m5.xlarge", "EC2 m5.xlarge on demand, Linux";
    EC2_M5_2XLARGE: Price<Hour> = "aws/ec2/m5.2xlarge", "EC2 m5.2xlarge on demand, Linux";
    EC2_M5_4XLARGE: Price<Hour> = "aws/ec2/m5.4xlarge", "EC2 m5.4xlarge on demand, Linux";
    EC2_M5_8XLARGE: Price<Hour> = "aws/ec2/m5.8xlarge", "EC2 m5.8xlarge on demand, Linux";
    EC2_M5_16XLARGE: Price<Hour> = "aws/ec2/m5.16xlarge", "EC2 m5.16xlarge on demand, Linux";
    EC2_M5_24XLARGE: Price<Hour> = "aws/ec2/m5.24xlarge", "EC2 m5.24xlarge on demand, Linux";
    EC2_M7I_LARGE: Price<Hour> = "aws/ec2/m7i.large", "EC2 m7i.large on demand, Linux";
    EC2_M7I_XLARGE: Price<Hour> = "aws/ec2/m7i.xlarge", "EC2 m7i.xlarge on demand, Linux";
    EBS_GP3: Price<GbMonth> = "aws/ebs/gp3", "EBS gp3 storage";
    AWS_ALB: Price<Hour> = "aws/load-balancer/alb", "Application Load Balancer hours";
    AWS_LCU: Price<LcuHour> = "aws/load-balancer/lcu", "Application Load Balancer LCU hours";
    AWS_IPV4: Price<AddressHour> = "aws/ipv4/public", "Public IPv4 address hours";
    AWS_EGRESS: Price<Gb> = "aws/egress/first-10-tb", "Data transfer out to the internet, first 10 TB";
    AWS_FREE_EGRESS: Free<Gb, Account> = "aws/egress/free", "Free data transfer out";
    AWS_LOGS: Price<Gb> = "aws/logs/ingestion", "CloudWatch Logs ingestion";
    AWS_FREE_LOGS: Free<Gb, Account> = "aws/logs/free", "Free log ingestion";
}
