/// Every figure the server gives of itself, with its kind and what it says: the one list that code, answer and
/// documentation share.
package struct MetricName: Sendable, Hashable {
    package enum Kind: String, Sendable { case counter, gauge, histogram }

    package var name: String
    package var kind: Kind
    package var labels: [String]
    package var help: String

    package static let requestSeconds = "throughline_http_request_seconds"
    package static let requestsUnderWay = "throughline_http_requests_under_way"
    package static let eventsStored = "throughline_events_stored_total"
    package static let commitCallers = "throughline_commit_callers"
    package static let commitSeconds = "throughline_commit_seconds"
    package static let commitsFailed = "throughline_commits_failed_total"
    package static let writerQueue = "throughline_writer_queue"
    package static let messagesWaiting = "throughline_outbox_messages"
    package static let messagesOverdue = "throughline_outbox_overdue_seconds"
    package static let deliveriesWaiting = "throughline_webhook_deliveries"
    package static let deliveriesOverdue = "throughline_webhook_overdue_seconds"
    package static let sessions = "throughline_sessions"
    package static let newestEvent = "throughline_newest_event"
    package static let snapshotLag = "throughline_snapshot_lag_events"
    package static let feedLagEvents = "throughline_analytics_lag_events"
    package static let feedLagSeconds = "throughline_analytics_lag_seconds"
    package static let feedLate = "throughline_analytics_late"
    package static let databaseUp = "throughline_database_up"
    package static let diskFree = "throughline_disk_free_bytes"
    package static let memory = "process_resident_memory_bytes"
    package static let cpuSeconds = "process_cpu_seconds_total"
    package static let openFiles = "process_open_fds"
    package static let startTime = "process_start_time_seconds"
    package static let build = "throughline_build_info"

    package static let all: [MetricName] = [
        MetricName(
            requestSeconds, .histogram, ["method", "route", "status"], "Time to answer a request, by route pattern."),
        MetricName(requestsUnderWay, .gauge, [], "Requests that have begun and not been answered."),
        MetricName(eventsStored, .counter, [], "Events stored by this process; repeated ones are not counted."),
        MetricName(commitCallers, .histogram, [], "Requests that shared one durable commit."),
        MetricName(commitSeconds, .histogram, [], "Time of a durable commit."),
        MetricName(commitsFailed, .counter, [], "Commits that failed; nobody in them was acknowledged."),
        MetricName(writerQueue, .gauge, [], "Requests that wait for a commit of this process."),
        MetricName(messagesWaiting, .gauge, [], "Messages not sent yet."),
        MetricName(messagesOverdue, .gauge, [], "How long the oldest message has been due."),
        MetricName(deliveriesWaiting, .gauge, [], "Webhook deliveries not made yet."),
        MetricName(deliveriesOverdue, .gauge, [], "How long the oldest webhook delivery has been due."),
        MetricName(sessions, .gauge, [], "Sessions of staff that have not run out."),
        MetricName(newestEvent, .gauge, [], "The number of the newest event in the record."),
        MetricName(snapshotLag, .gauge, [], "Events in the record that the analyses of this process do not hold yet."),
        MetricName(feedLagEvents, .gauge, [], "Events that the analytics server was not fed yet."),
        MetricName(feedLagSeconds, .gauge, [], "How long the oldest event has waited for the analytics server."),
        MetricName(feedLate, .gauge, [], "1 while the analytics server is so late that it is an alarm."),
        MetricName(databaseUp, .gauge, [], "1 while the database answers."),
        MetricName(diskFree, .gauge, [], "Free space where the data folder is."),
        MetricName(memory, .gauge, [], "Memory of this process."),
        MetricName(cpuSeconds, .counter, [], "Processor time of this process."),
        MetricName(openFiles, .gauge, [], "Files and connections this process has open."),
        MetricName(startTime, .gauge, [], "When this process started, in seconds since 1970."),
        MetricName(build, .gauge, ["version"], "Always 1; the label says which version runs."),
    ]

    private init(_ name: String, _ kind: Kind, _ labels: [String], _ help: String) {
        self.name = name
        self.kind = kind
        self.labels = labels
        self.help = help
    }
}
