use std::{fmt, time::Duration};

use chancery_store::Times;
use prometheus_client::{
    collector::Collector,
    encoding::{DescriptorEncoder, EncodeGaugeValue, EncodeMetric as _, MetricEncoder, NoLabelSet},
    metrics::{MetricType, counter::ConstCounter, gauge::ConstGauge},
};

use super::{super::Site, process};

/// What is not counted as it happens but asked for when somebody wants to know.
pub(super) struct Scrape {
    site: Site,
    positions: Positions,
}

/// How far each part has come in the log, in events.
struct Positions {
    views: u64,
    tree: u64,
    /// `None` if the store cannot be read.
    store: Option<u64>,
}

impl Scrape {
    /// Asks what has to be waited for.
    pub(super) async fn of(site: Site) -> Self {
        // The store comes last: whoever follows it is never before it.
        let (views, tree) = (site.service.folded(), site.service.tree_size().await);
        let store = match site.service.store().head().await {
            Ok(head) => Some(head.next.get()),
            Err(error) => {
                tracing::error!(%error, "the store cannot be read");
                None
            }
        };
        Self { site, positions: Positions { views, tree, store } }
    }

    fn log(&self, to: &mut To<'_>) -> fmt::Result {
        let Positions { views, tree, store } = self.positions;
        let readable = u64::from(store.is_some());
        to.gauge("chancery_store_readable", "Whether the log can be read", readable)?;
        if let Some(events) = store {
            to.gauge("chancery_log_events", "Events in the log", events)?;
        }
        to.gauge("chancery_views_events", "Events that the views have taken in", views)?;
        to.gauge("chancery_tree_events", "Events that the tree has taken in", tree)?;

        let (store, appends) = (self.site.service.store().figures(), self.site.service.appends());
        let help = "How long appends took until they were durable";
        to.times("chancery_append_duration_seconds", help, &appends.times)?;
        let help = "Appends that the store refused";
        to.counter("chancery_appends_refused", help, appends.refused)?;
        let help = "How long it took to make writes durable";
        to.times("chancery_store_sync_duration_seconds", help, &store.durable)?;
        let help = "Whether the store has stopped writing for good";
        to.gauge("chancery_store_stopped", help, u64::from(store.stopped.is_some()))
    }

    fn answers(&self, to: &mut To<'_>) -> fmt::Result {
        let answers = self.site.answers.figures();
        to.counter("chancery_cache_hits", "Answers that were given before", answers.hits)?;
        to.counter("chancery_cache_misses", "Answers that had to be made", answers.misses)?;
        let help = "What the answers that are kept come to";
        to.gauge("chancery_cache_bytes", help, answers.bytes)?;
        to.gauge("chancery_cache_entries", "Answers that are kept", answers.entries)
    }

    fn sockets(&self, to: &mut To<'_>) -> fmt::Result {
        let sockets = self.site.sockets.figures();
        let help = "WebSockets and streams of events that are open";
        to.gauge("chancery_sockets_open", help, count(sockets.open))?;
        let help = "Subscriptions that are under way";
        to.gauge("chancery_subscriptions_open", help, count(sockets.subscriptions))?;
        let help = "Events by which the subscription that is furthest behind is behind";
        to.gauge("chancery_subscriptions_behind_events", help, sockets.behind)?;
        let help = "Connections that were cut since their clients took nothing";
        to.counter("chancery_connections_too_slow", help, sockets.too_slow)
    }
}

impl fmt::Debug for Scrape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Scrape")
    }
}

impl Collector for Scrape {
    fn encode(&self, encoder: DescriptorEncoder<'_>) -> fmt::Result {
        let mut to = To(encoder);
        self.log(&mut to)?;
        self.answers(&mut to)?;
        self.sockets(&mut to)?;
        to.process()?;
        to.build()
    }
}

struct To<'a>(DescriptorEncoder<'a>);

impl To<'_> {
    fn gauge(&mut self, name: &str, help: &str, value: impl EncodeGaugeValue) -> fmt::Result {
        let gauge = ConstGauge::new(value);
        gauge.encode(self.describe(name, help, MetricType::Gauge)?)
    }

    /// Its name is written with `_total` behind it.
    fn counter(&mut self, name: &str, help: &str, value: u64) -> fmt::Result {
        let counter = ConstCounter::new(value);
        counter.encode(self.describe(name, help, MetricType::Counter)?)
    }

    fn times(&mut self, name: &str, help: &str, times: &Times) -> fmt::Result {
        let seconds = |bound: Option<Duration>| bound.map_or(f64::INFINITY, |it| it.as_secs_f64());
        let buckets: Vec<(f64, u64)> =
            times.counts().map(|(bound, count)| (seconds(bound), count)).collect();
        let mut metric = self.describe(name, help, MetricType::Histogram)?;
        let sum = times.total().as_secs_f64();
        metric.encode_histogram::<NoLabelSet>(sum, times.count(), &buckets, None)
    }

    /// As a registry does it, with a full stop.
    fn describe<'s>(
        &'s mut self,
        name: &'s str,
        help: &str,
        is: MetricType,
    ) -> Result<MetricEncoder<'s>, fmt::Error> {
        self.0.encode_descriptor(name, &format!("{help}."), None, is)
    }

    /// By the names that all programs give them.
    fn process(&mut self) -> fmt::Result {
        let figures = [
            ("process_resident_memory_bytes", "Memory in use", process::resident_bytes()),
            ("process_open_fds", "Files and sockets that are open", process::open_files()),
            ("process_max_fds", "Files and sockets that may be open", process::most_files()),
        ];
        for (name, help, figure) in figures {
            if let Some(figure) = figure {
                self.gauge(name, help, figure)?;
            }
        }
        Ok(())
    }

    fn build(&mut self) -> fmt::Result {
        let (name, help) = ("chancery_build_info", "Which program this is");
        let mut metric = self.describe(name, help, MetricType::Gauge)?;
        let labels = [("version", env!("CARGO_PKG_VERSION"))];
        ConstGauge::new(1_u64).encode(metric.encode_family(&labels)?)
    }
}

fn count(number: usize) -> u64 {
    number as u64
}
