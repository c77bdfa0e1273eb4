//! A program together with everything it starts, stopped as one.

use std::process::{Child, Command};

use anyhow::{Context as _, Result};

use crate::shell::line;

/// A process group, stopped when dropped or when xtask itself is interrupted.
pub(crate) struct Group(Child);

impl Group {
    /// Starts a command as the leader of a group of its own.
    pub(crate) fn start(command: &mut Command) -> Result<Self> {
        platform::lead(command)?;
        let child = command.spawn().with_context(|| format!("cannot run {}", line(command)))?;
        platform::remember(child.id());
        Ok(Self(child))
    }

    /// Whether the leader has ended by itself.
    pub(crate) fn has_ended(&mut self) -> bool {
        !matches!(self.0.try_wait(), Ok(None))
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        platform::stop(self.0.id());
        // Already gone, which is what was wanted.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[cfg(unix)]
mod platform {
    use std::{
        os::unix::process::CommandExt as _,
        process::{self, Command},
        sync::{Mutex, MutexGuard, Once, PoisonError},
        thread,
        time::Duration,
    };

    use anyhow::{Context as _, Result};
    use rustix::process::{Pid, Signal, kill_process_group, test_kill_process_group};

    /// The groups that must not outlive xtask.
    static RUNNING: Mutex<Vec<u32>> = Mutex::new(Vec::new());
    static HANDLER: Once = Once::new();

    fn running() -> MutexGuard<'static, Vec<u32>> {
        RUNNING.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn lead(command: &mut Command) -> Result<()> {
        let mut result = Ok(());
        HANDLER.call_once(|| {
            result = ctrlc::set_handler(|| {
                let groups = running().clone();
                groups.into_iter().for_each(stop);
                process::exit(130);
            });
        });
        command.process_group(0);
        result.context("cannot handle interrupts")
    }

    pub(super) fn remember(leader: u32) {
        running().push(leader);
    }

    /// Asks the group to end, and ends what has not ended two seconds later.
    pub(super) fn stop(leader: u32) {
        running().retain(|group| *group != leader);
        let Some(group) = i32::try_from(leader).ok().and_then(Pid::from_raw) else { return };
        // An error means that no process of the group is left.
        if kill_process_group(group, Signal::TERM).is_err() {
            return;
        }
        for _ in 0..20 {
            thread::sleep(Duration::from_millis(100));
            if test_kill_process_group(group).is_err() {
                return;
            }
        }
        let _ = kill_process_group(group, Signal::KILL);
    }
}

#[cfg(not(unix))]
mod platform {
    use std::process::Command;

    use anyhow::Result;

    pub(super) fn lead(_: &mut Command) -> Result<()> {
        Ok(())
    }

    pub(super) fn remember(_: u32) {}

    pub(super) fn stop(_: u32) {}
}
