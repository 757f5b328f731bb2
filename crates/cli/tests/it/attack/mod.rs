//! What somebody with bad intentions can send: each is refused with its code, in bounded memory,
//! and an honest question is answered meanwhile.
//!
//! Everything here goes to a server of the test's own on the loopback interface, is bounded in
//! number and time, and ends with the test.

mod bodies;
mod honest;
mod lists;
mod queries;
mod wire;
mod writers;

use crate::run::{Register, Server};

pub(crate) use honest::Honest;

/// What the server's memory may grow by under all attacks together, in KiB: far more than one
/// request needs, far less than any of them is after.
const MAX_GROWTH_KIB: u64 = 256 * 1024;

/// A server under attack.
pub(crate) struct Target {
    server: Server,
    before_kib: u64,
    _register: Register,
}

impl Target {
    /// A register of its own, served; `settings` are more arguments of `serve`.
    pub(crate) fn start(settings: &[&str]) -> Self {
        Self::over(Register::ccm(), settings)
    }

    /// The same over a register that is there.
    pub(crate) fn over(register: Register, settings: &[&str]) -> Self {
        let mut command = register.command(&["serve", "--listen", "127.0.0.1:0"]);
        command.args(settings);
        let server = Server::start(command);
        let target = Self { server, before_kib: 0, _register: register };
        // What the first answers need is not the attacker's doing.
        Honest::ask(&target.server.address);
        Self { before_kib: target.memory_kib(), ..target }
    }

    pub(crate) fn address(&self) -> &str {
        &self.server.address
    }

    /// Runs an attack while somebody honest goes on asking.
    #[track_caller]
    pub(crate) fn under<T>(&self, attack: impl FnOnce() -> T) -> T {
        let honest = Honest::start(self.address());
        let done = attack();
        honest.was_answered();
        self.is_well();
        done
    }

    /// The server is still the same process, and has not grown out of bounds.
    #[track_caller]
    pub(crate) fn is_well(&self) {
        Honest::ask(self.address());
        let grown = self.memory_kib().saturating_sub(self.before_kib);
        assert!(grown < MAX_GROWTH_KIB, "the server has grown by {grown} KiB");
    }

    /// The most memory that the process has had, in KiB; 0 where the system does not say.
    fn memory_kib(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.server.child.id()));
        let status = status.unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        line.and_then(|it| it.split_whitespace().next()?.parse().ok()).unwrap_or_default()
    }
}
