//! What else stands on a bill: other services, taxes, support, credits, refunds.

use super::{
    names::Named,
    rows::{Kind, Row, Scenario},
};
use crate::seeded_damage::Dice;
use plimsoll_model::vendor::Vendor;

/// Rows of other services: kind, service, name in FOCUS, usage, operation, words, unit. What S3 stores has a usage type that
/// images in a registry have too.
const AWS: &str = "\
Usage | AmazonS3 | Amazon Simple Storage Service | TimedStorage-ByteHrs | StandardStorage | $0.023 per GB - first 50 TB / month of storage used | GB-Mo
Usage | AmazonS3 | Amazon Simple Storage Service | Requests-Tier1 | PutObject | $0.005 per 1,000 PUT, COPY, POST, or LIST requests | Requests
Usage | AmazonRDS | Amazon Relational Database Service | InstanceUsage:db.m5.large | CreateDBInstance:0014 | $0.178 per RDS db.m5.large Single-AZ instance hour (or partial hour) running PostgreSQL | Hrs
Usage | AWSLambda | AWS Lambda | Lambda-GB-Second | Invoke | AWS Lambda - Total Compute - US East (Northern Virginia) | Lambda-GB-Second
Usage | AmazonEC2 | Amazon Elastic Compute Cloud | EBS:SnapshotUsage | CreateSnapshot | $0.05 per GB-Month of snapshot data stored - US East (Northern Virginia) | GB-Mo
Usage | AmazonCloudWatch | AmazonCloudWatch | CW:MetricMonitorUsage | MetricStorage:AWS/EC2 | $0.30 per metric-month for the first 10,000 metrics - US East (Northern Virginia) | Metrics
Tax | AmazonS3 | Amazon Simple Storage Service |  |  | Tax for product code AmazonS3 usage type TimedStorage-ByteHrs |
Tax | AmazonECS | Amazon Elastic Container Service |  |  | Tax for product code AmazonECS |
Support | AWSSupportBusiness | AWS Support (Business) | Dollar |  | AWS Support (Business) | Dollar
Promotion | AmazonRDS | Amazon Relational Database Service | InstanceUsage:db.m5.large |  | AWS Open Source Promotional Credits, credit from account: 391835788720 |
Refund | AmazonS3 | Amazon Simple Storage Service | Requests-Tier1 |  | Refund for an outage |
Discount | AmazonS3 | Amazon Simple Storage Service | TimedStorage-ByteHrs |  | Enterprise Program Discount |";

const GOOGLE: &str = "\
Usage | BigQuery | BigQuery | Analysis (us) |  | Analysis (us) | tebibyte
Usage | Cloud Storage | Cloud Storage | Standard Storage US Multi-region |  | Standard Storage US Multi-region | gibibyte month
Usage | Cloud SQL | Cloud SQL | Cloud SQL for PostgreSQL: Zonal - vCPU in Americas |  | Cloud SQL for PostgreSQL: Zonal - vCPU in Americas | hour
Usage | Cloud Run Functions | Cloud Run Functions | Invocations |  | Invocations | count
Usage | Compute Engine | Compute Engine | Network Internet Data Transfer In from EMEA to Americas |  | Network Internet Data Transfer In from EMEA to Americas | gibibyte
Tax | Invoice | Invoice | Tax - State sales tax |  | Tax - State sales tax |
Support | Support | Support | Enhanced Support |  | Enhanced Support | month
Promotion | BigQuery | BigQuery | Analysis (us) |  | Analysis (us) | tebibyte
Adjustment | BigQuery | BigQuery | Analysis (us) |  | Analysis (us) | tebibyte";

const AZURE: &str = "\
Usage | Azure Cosmos DB | Azure Cosmos DB | 100 RU/s |  | Azure Cosmos DB - 100 RU/s | 1/Hour
Usage | Storage | Storage Accounts | Hot LRS Data Stored | Tiered Block Blob | Tiered Block Blob - Hot LRS - Data Stored - US East | 1 GB/Month
Usage | SQL Database | SQL Database | vCore | Single/Elastic Pool General Purpose - Compute Gen5 | SQL Database - vCore | 1 Hour
Usage | Log Analytics | Log Analytics | Analytics Logs Data Retention |  | Analytics Logs Data Retention | 1 GB/Month
Usage | Bandwidth | Bandwidth | Standard Inter-Region Data Transfer | Rtn Preference: MGN | Rtn Preference: MGN - Standard Inter-Region Data Transfer | 1 GB
Tax |  |  |  |  | Tax |
Support | Azure Support | Azure Support | Standard Support |  | Azure Support - Standard | 1/Month
Refund | SQL Database | SQL Database | vCore |  | SQL Database - vCore | 1 Hour
Adjustment |  |  |  |  | Rounding adjustment |";

impl Scenario {
    /// With rows that no meter of ours is for.
    pub(super) fn with_noise(mut self, dice: &mut Dice) -> Self {
        let others = match self.place.vendor {
            Vendor::Aws => AWS,
            Vendor::GoogleCloud => GOOGLE,
            _ => AZURE,
        };
        for line in others.lines() {
            let cells: Vec<&str> = line.split('|').map(str::trim).collect();
            let [kind, service, name, usage, operation, words, unit] = cells[..] else {
                panic!("{line}");
            };
            let kind = match kind {
                "Usage" => Kind::Usage,
                "Tax" => Kind::Tax,
                "Support" => Kind::Support,
                "Promotion" => Kind::Promotion,
                "Refund" => Kind::Refund,
                "Discount" => Kind::Discount,
                _ => Kind::Adjustment,
            };
            for _ in 0..dice.below(4) {
                let name = Named {
                    service: service.to_owned(),
                    service_name: name.to_owned(),
                    usage: usage.to_owned(),
                    operation: operation.to_owned(),
                    description: words.to_owned(),
                    unit: unit.to_owned(),
                    base: ("", 1.0),
                };
                let mut row = Row::any(kind, None, name, self.place, dice);
                (row.quantity, row.usd) = (100.0 * dice.share(), 40.0 * dice.share());
                match kind {
                    Kind::Promotion if self.place.vendor == Vendor::GoogleCloud => {
                        row.kind = Kind::Usage;
                        row.credit = -row.usd * dice.share();
                        row.credit_type = "PROMOTION";
                    }
                    Kind::Promotion | Kind::Refund | Kind::Discount => row.usd = -row.usd,
                    Kind::Adjustment => row.usd -= 20.0,
                    _ => {}
                }
                row.effective = row.usd;
                self.rows.push(row);
            }
        }
        self
    }
}
