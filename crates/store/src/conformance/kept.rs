use std::sync::Arc;

use super::{Outcome, add, same, whole_log};
use crate::{EventStore, KeepError, KeptName};

/// What is kept comes back as it was kept last, is no part of the log, and can be forgotten.
pub async fn what_is_kept_comes_back_until_it_is_forgotten(store: Arc<dyn EventStore>) -> Outcome {
    let (one, two): (KeptName, KeptName) = ("tree/0/x001/000".parse()?, "tree/edge".parse()?);
    let (beside, tree): (KeptName, KeptName) = ("trees/edge".parse()?, "tree".parse()?);
    same("what was never kept", &store.kept(&one).await?, &None)?;
    store.keep(&one, vec![1; 8192]).await?;
    store.keep(&two, b"first".to_vec()).await?;
    store.keep(&two, b"second".to_vec()).await?;
    store.keep(&beside, b"stays".to_vec()).await?;
    add(&*store, "a", &["event"]).await?;
    same("one", &store.kept(&one).await?, &Some(vec![1; 8192]))?;
    same("the other", &store.kept(&two).await?, &Some(b"second".to_vec()))?;
    same("the log", &whole_log(&*store).await?.len(), &1)?;
    store.forget_kept(&tree).await?;
    store.forget_kept(&tree).await?;
    same("what was forgotten", &store.kept(&one).await?, &None)?;
    same("the other, too", &store.kept(&two).await?, &None)?;
    same("what stands beside it", &store.kept(&beside).await?, &Some(b"stays".to_vec()))?;
    store.close().await?;
    same("once closed", &store.kept(&one).await, &Err(KeepError::Closed))?;
    same("once closed", &store.keep(&one, Vec::new()).await, &Err(KeepError::Closed))
}
