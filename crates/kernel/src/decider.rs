/// A domain that decides and evolves, both purely: the same inputs always give the same outputs.
///
/// Ids, the recording time and the actor come from outside, with the command.
pub trait Decider {
    /// What has happened so far, as far as this domain needs it to decide.
    type State: Clone + Default;
    /// What somebody asks to be recorded.
    type Command;
    /// What was recorded.
    type Event;
    /// Why a command cannot be true.
    type Rejection: std::error::Error;

    /// The events that follow from a command, or the reason why it cannot be recorded.
    ///
    /// # Errors
    /// The domain's rejection: what cannot be true, given what is recorded.
    fn decide(
        state: &Self::State,
        command: Self::Command,
    ) -> Result<Vec<Self::Event>, Self::Rejection>;

    /// The state after an event. Total: a recorded event is never refused.
    fn evolve(state: Self::State, event: &Self::Event) -> Self::State;

    /// The state after many events.
    fn fold<'a>(
        state: Self::State,
        events: impl IntoIterator<Item = &'a Self::Event>,
    ) -> Self::State
    where
        Self::Event: 'a,
    {
        events.into_iter().fold(state, Self::evolve)
    }
}
