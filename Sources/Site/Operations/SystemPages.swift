import Hummingbird

/// How the running parts stand: for administrators.
struct SystemPages {
    let site: Site

    func add(to router: Router<SiteContext>) { router.get("/staff/system", use: show) }

    private func show(_ request: Request, _ context: SiteContext) async throws -> Response {
        _ = try site.staff(request, context, atLeast: .administrator)
        let page = SystemPage(try await site.services.operations.system(), format: site.format(context.language))
        return try site.render(page, request, context)
    }
}

struct SystemPage: Page {
    static let template = "staff/system"
    var title: String
    var alarm: String?
    var parts: [Part]
    var layout: Layout { .staff }

    struct Part: Sendable {
        var id: String
        var title: String
        var lines: [Line]
    }

    struct Line: Sendable {
        var name: String
        var value: String
        /// A word for what is not as it should be.
        var fault: String?
    }

    init(_ view: SystemView, format: Format) {
        let words = format.words
        title = words["system_title"]
        alarm = view.feed.flatMap {
            $0.isLate ? words.alarm(.analyticsLate(events: $0.waiting, seconds: $0.seconds), format) : nil
        }
        func line(_ key: String, _ value: String?, fault: String? = nil) -> Line? {
            value.map { Line(name: words["system_\(key)"], value: $0, fault: fault.map { words["system_\($0)"] }) }
        }
        func count(_ number: Int64?) -> String? { number.map { format.count(Int(clamping: $0)) } }
        func part(_ id: String, _ lines: [Line?]) -> Part {
            Part(id: id, title: words["system_part_\(id)"], lines: lines.compactMap { $0 })
        }
        let checks = view.checks.map { check in
            line(
                "check_\(check.name)", words[check.isMet ? "system_well" : "system_not_well"],
                fault: check.isMet ? nil : check.isRequired ? "failing" : "warning")
        }
        let queues = view.queues.map { queue in
            line(
                "queue_\(queue.kind.rawValue)",
                queue.waiting == 0 || queue.overdue <= 0
                    ? format.count(queue.waiting)
                    : words[
                        "system_overdue",
                        ["n": format.count(queue.waiting), "time": format.span(seconds: queue.overdue)]],
                fault: !queue.isCarried ? "not_carried" : queue.overdue > 3_600 ? "late" : nil)
        }
        parts = [
            part("ready", [line("version", view.version)] + checks),
            part(
                "record",
                [
                    line("newest", count(view.newest)), line("unread", count(view.unread)),
                    line("free", view.freeBytes.map { words["system_gibibytes", ["n": SystemPage.gibibytes($0)]] }),
                ]),
            part("queues", queues),
            part(
                "retention",
                [
                    line(
                        "last_erasure", view.lastErasure.map(format.moment) ?? words["system_never"],
                        fault: view.erasureFailed ? "failing" : nil)
                ]),
            view.feed.map { feed in
                part(
                    "feed",
                    [
                        line("server", feed.server), line("fed", count(feed.fed)),
                        line("waiting", count(feed.waiting), fault: feed.isLate ? "late" : nil),
                        line("oldest", format.span(seconds: feed.seconds), fault: feed.isLate ? "late" : nil),
                        line(
                            "problem",
                            feed.problem
                                ?? feed.silence.map { words["system_feed_silent", ["time": format.span(seconds: $0)]] }
                        ),
                    ])
            },
        ].compactMap { $0 }.filter { !$0.lines.isEmpty }
    }

    private static func gibibytes(_ bytes: Double) -> String { NumberText.decimal(bytes / 1_073_741_824, places: 1) }
}

extension Words {
    /// An alarm in one sentence.
    func alarm(_ alarm: SystemAlarm, _ format: Format) -> String {
        switch alarm {
        case .analyticsLate(let events, let seconds):
            self[
                "system_alarm_feed",
                ["n": format.count(Int(clamping: events)), "time": format.span(seconds: seconds)]]
        }
    }
}
