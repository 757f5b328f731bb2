//! Running the binary, with nothing of this machine's settings.

use std::{
    io::{BufRead as _, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
};

use serde_json::Value;
use tempfile::TempDir;

/// What the program said.
pub(crate) struct Said {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// A data folder of its own.
pub(crate) struct Register {
    folder: TempDir,
}

impl Register {
    pub(crate) fn empty() -> Self {
        Self { folder: TempDir::new().unwrap() }
    }

    /// With the fixtures recorded.
    pub(crate) fn ccm() -> Self {
        let register = Self::empty();
        let said = register.run(&["record", "fixtures/ccm"]);
        assert_eq!(said.code, 0, "{}", said.err);
        register
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// A file beside the data folder.
    pub(crate) fn file(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        path.display().to_string()
    }

    /// The path of a file that is to be made beside the data folder.
    pub(crate) fn path(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }

    pub(crate) fn run(&self, args: &[&str]) -> Said {
        said(self.command(args).output().unwrap())
    }

    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = program();
        command.arg("--data").arg(self.data()).args(args);
        command
    }

    pub(crate) fn json(&self, args: &[&str]) -> Value {
        let said = self.run(&[args, &["--json"]].concat());
        assert_eq!(said.code, 0, "{}", said.err);
        serde_json::from_str(&said.out).unwrap()
    }

    /// Every event, to compare before and after.
    pub(crate) fn history(&self) -> Value {
        self.json(&["history"])
    }
}

/// A server that is ended when the test is over, however that is.
pub(crate) struct Server {
    pub(crate) child: Child,
    pub(crate) said: Vec<String>,
    pub(crate) address: String,
}

impl Server {
    pub(crate) fn demo(register: &Register) -> Self {
        Self::start(register.command(&["demo", "--listen", "127.0.0.1:0", "--log-level", "warn"]))
    }

    pub(crate) fn serve(register: &Register) -> Self {
        Self::serve_with(register, &[])
    }

    pub(crate) fn serve_with(register: &Register, args: &[&str]) -> Self {
        Self::start(register.command(
            &[&["serve", "--listen", "127.0.0.1:0", "--log-level", "warn"], args].concat(),
        ))
    }

    /// Any program that says on a line of its own at which address it serves.
    pub(crate) fn start(mut command: Command) -> Self {
        let child = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut server = Self { child, said: Vec::new(), address: String::new() };
        let out = BufReader::new(server.child.stdout.as_mut().unwrap());
        for line in out.lines() {
            let line = line.unwrap();
            let serving = line.split_once("http://").map(|(_, rest)| rest.to_owned());
            server.said.push(line);
            if let Some(rest) = serving {
                server.address = rest.split('/').next().unwrap().to_owned();
                return server;
            }
        }
        panic!("it never served: {:?}", server.said);
    }

    pub(crate) fn get(&self, path: &str) -> String {
        let mut response = ureq::get(format!("http://{}{path}", self.address)).call().unwrap();
        response.body_mut().read_to_string().unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The binary, started in the workspace's folder.
pub(crate) fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_chancery"));
    command.current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."));
    let settings = std::env::vars_os().map(|(name, _)| name);
    settings.filter(|name| name.to_string_lossy().starts_with("CHANCERY_")).for_each(|name| {
        command.env_remove(name);
    });
    command.env("NO_COLOR", "1").stdin(std::process::Stdio::null());
    command
}

pub(crate) fn said(output: Output) -> Said {
    Said {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}
