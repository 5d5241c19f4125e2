//! Where a disk of one's own survives a restart: what binds a workload with local state to a cluster when a system is split.
//!
//! A system that stands on one platform as a whole may still choose a shared file system there, which the limits allow.

use crate::{
    bill::{Bar, CannotRun, Refusal},
    platform::Platform,
    sentence::{Sentence, Word},
};

const ECS: (&str, &str, &str) = (
    "{} deletes a service\u{2019}s EBS volume with its task, and EFS is a shared file system.",
    "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ebs-volumes.html",
    "2026-10-01",
);
const EKS_ON_FARGATE: (&str, &str, &str) = (
    "{} mounts EFS alone, a shared file system, and no disk.",
    "https://docs.aws.amazon.com/eks/latest/userguide/fargate.html",
    "2026-10-01",
);
const AZURE_FILES: (&str, &str, &str) = (
    "{} mounts Azure Files, a shared file system, and no disk.",
    "https://learn.microsoft.com/en-us/azure/container-apps/storage-mounts",
    "2026-10-01",
);

/// Why a workload can't have a disk of its own on a platform that survives a restart; nothing where it can, or where the limits
/// refuse it already.
pub fn without(platform: Platform) -> Option<Refusal> {
    let (text, page, read) = match platform {
        Platform::Fargate | Platform::EcsExpress | Platform::EcsEc2 | Platform::EcsManaged => ECS,
        Platform::EksFargate => EKS_ON_FARGATE,
        Platform::ContainerApps => AZURE_FILES,
        _ => return None,
    };
    Some(Refusal::CannotRun(CannotRun {
        reason: Sentence::new(text, [Word::Name(platform.name())]),
        page,
        read,
        by: Bar::Condition,
        workload: None,
    }))
}
