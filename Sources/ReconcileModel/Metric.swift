/// A figure that the program publishes about itself: its name, what it means, and how it is counted.
///
/// Names follow https://prometheus.io/docs/practices/naming/: base units, and `_total` for what only grows.
package struct Metric: Equatable, Sendable {
    package enum Kind: Equatable, Sendable {
        case counter
        case gauge
        /// `buckets`: upper bounds in the metric's unit, ascending, without infinity.
        case histogram(buckets: [Double])
    }

    package let name: String
    package let help: String
    package let kind: Kind

    package init(name: String, help: String, kind: Kind) { (self.name, self.help, self.kind) = (name, help, kind) }
}

extension Metric {
    // MARK: Answering requests

    /// By `method`, `route` (the pattern, never the path) and `status`.
    package static let httpRequests = Metric(
        name: "reconcile_http_requests_total",
        help: "Requests answered, by method, route and status.",
        kind: .counter
    )
    /// By `route`.
    package static let httpDuration = Metric(
        name: "reconcile_http_request_duration_seconds",
        help: "Time from the head of a request to the end of its answer, by route.",
        kind: .histogram(buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30])
    )
    /// By `result`: hit, miss or stale.
    package static let cacheAnswers = Metric(
        name: "reconcile_events_cache_answers_total",
        help: "Answers of the events cache, by result.",
        kind: .counter
    )

    // MARK: Calling services

    /// By `api` and `status`: the status code, or how the request failed. Repetitions count.
    package static let apiRequests = Metric(
        name: "reconcile_api_requests_total",
        help: "Requests to Notion and Google, repeated ones included, by API and status.",
        kind: .counter
    )
    /// By `api`.
    package static let apiDuration = Metric(
        name: "reconcile_api_request_duration_seconds",
        help: "Time of one request to Notion or Google, without waits, by API.",
        kind: .histogram(buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60])
    )
    /// By `api`.
    package static let apiRetries = Metric(
        name: "reconcile_api_retries_total",
        help: "Requests to Notion and Google that were repetitions, by API.",
        kind: .counter
    )
    /// By `api`.
    package static let apiWaits = Metric(
        name: "reconcile_api_rate_limit_wait_seconds_total",
        help: "Time that requests waited for our own pace or as the service asked, by API.",
        kind: .counter
    )

    // MARK: Reconciling

    /// By `trigger`.
    package static let syncDuration = Metric(
        name: "reconcile_sync_duration_seconds",
        help: "Time of one run, by trigger.",
        kind: .histogram(buckets: [0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1800])
    )
    /// By `outcome` (success, partial or failed) and `trigger`.
    package static let syncs = Metric(
        name: "reconcile_syncs_total",
        help: "Runs that ended, by outcome and trigger.",
        kind: .counter
    )
    /// By `organization` and `action`.
    package static let changes = Metric(
        name: "reconcile_changes_total",
        help: "Changes carried out, by organization and action.",
        kind: .counter
    )
    /// By `organization`.
    package static let lastSuccess = Metric(
        name: "reconcile_organization_last_success_timestamp_seconds",
        help: "When an organization was last in order, in seconds since 1970.",
        kind: .gauge
    )
    /// By `organization`.
    package static let missedIntervals = Metric(
        name: "reconcile_organization_missed_intervals",
        help: "Intervals of the schedule in which an organization was not looked at.",
        kind: .gauge
    )
    /// By `organization`.
    package static let pendingDeletes = Metric(
        name: "reconcile_organization_pending_deletes",
        help: "Deletes that wait for a person's yes, as the last run found them (deletions: confirm).",
        kind: .gauge
    )
    package static let orphaned = Metric(
        name: "reconcile_organizations_orphaned",
        help: "Organizations that no file declares any more and whose calendars are kept.",
        kind: .gauge
    )
    /// By `queue`: sync or webhook.
    package static let queueLength = Metric(
        name: "reconcile_queue_length",
        help: "What waits for its turn, by queue.",
        kind: .gauge
    )

    // MARK: The program itself

    /// By `outcome`: sent, or why not.
    package static let errorReports = Metric(
        name: "reconcile_error_reports_total",
        help: "Errors and traces for Sentry, by outcome.",
        kind: .counter
    )
    package static let droppedSeries = Metric(
        name: "reconcile_metrics_series_dropped_total",
        help: "How often labels were counted together with others because a metric has too many of them.",
        kind: .counter
    )
    /// By `version`; always 1.
    package static let buildInfo = Metric(
        name: "reconcile_build_info",
        help: "The version of this program.",
        kind: .gauge
    )
    /// By `release` and `source` (system or built-in); always 1.
    package static let zoneRules = Metric(
        name: "reconcile_zone_rules_info",
        help: "The release of the time zone rules in use, and where they are from.",
        kind: .gauge
    )
    // The names of these are those of Prometheus' own clients.
    package static let startTime = Metric(
        name: "process_start_time_seconds",
        help: "When the process started, in seconds since 1970.",
        kind: .gauge
    )
    package static let residentMemory = Metric(
        name: "process_resident_memory_bytes",
        help: "Memory of the process that is in RAM.",
        kind: .gauge
    )
    package static let openFiles = Metric(
        name: "process_open_fds",
        help: "File descriptors that the process has open.",
        kind: .gauge
    )

    package static let all = [
        httpRequests, httpDuration, cacheAnswers, apiRequests, apiDuration, apiRetries, apiWaits, syncDuration, syncs,
        changes, lastSuccess, missedIntervals, pendingDeletes, orphaned, queueLength, errorReports, droppedSeries,
        buildInfo,
        zoneRules,
        startTime,
        residentMemory, openFiles,
    ]
}
