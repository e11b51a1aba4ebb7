import Experience
import HTTPTypes
import Hummingbird
import NIOCore

/// What is kept how long and what was erased: for administrators.
struct RetentionPages {
    let site: Site

    func add(to router: Router<SiteContext>) {
        router.get("/staff/retention", use: show)
        router.get("/staff/retention/certificates.jsonl", use: certificates)
    }

    private func show(_ request: Request, _ context: SiteContext) async throws -> Response {
        let own = try site.staff(request, context, atLeast: .administrator)
        let desk = site.services.retention
        let page = RetentionPage(
            desk.schedule(), try await desk.view(own.agency), site.definitionNames(context.language),
            format: site.format(context.language))
        return try site.render(page, request, context)
    }

    /// One certificate a line, the oldest first.
    private func certificates(_ request: Request, _ context: SiteContext) async throws -> Response {
        let own = try site.staff(request, context, atLeast: .administrator)
        let view = try await site.services.retention.view(own.agency)
        let text = view.certificates.reversed().map { $0.document + "\n" }.joined()
        return Response(
            status: .ok,
            headers: [
                .contentType: "application/x-ndjson", .cacheControl: "no-store",
                .contentDisposition: "attachment; filename=\"erasure-certificates.jsonl\"",
            ], body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }
}

extension Site {
    /// The agencies' names, as their services give them.
    fileprivate func definitionNames(_ language: Language) -> [AgencyID: String] {
        Dictionary(services.definitions().map { ($0.agency, $0.agencyName[language]) }) { first, _ in first }
    }
}

struct RetentionPage: Page {
    static let template = "staff/retention"
    var title: String
    var lines: [Line]
    var hour: String
    var lastRun: String
    var hasFailed: Bool
    var problem: String?
    var certificates: [Certificate]
    var download: String?
    var layout: Layout { .staff }

    struct Line: Sendable {
        var name: String
        var keeps: String
        var cutoff: String
        var note: String?
    }

    struct Certificate: Sendable {
        var id: String
        var at: String
        var what: String
        var agency: String
        var count: String
        var cutoff: String
        var by: String
    }

    init(_ lines: [RetentionView.Line], _ view: RetentionView, _ agencies: [AgencyID: String], format: Format) {
        let words = format.words
        title = words["retention_title"]
        func name(_ rule: RetentionView.Rule) -> String { words["retention_rule_\(rule.rawValue)"] }
        func day(_ at: Instant) -> String { format.date(at) }
        self.lines = lines.map { line in
            Line(
                name: name(line.rule),
                keeps: words[line.rule == .months ? "retention_months" : "retention_days", ["n": "\(line.keeps)"]],
                cutoff: words["retention_before", ["day": day(line.cutoff)]],
                note: line.isCarriedOut ? nil : words["retention_not_here"])
        }
        hour = words["retention_hour", ["hour": "\(view.hour):00"]]
        lastRun =
            view.lastRun.map { words["retention_last", ["at": format.moment($0)]] } ?? words["retention_never_ran"]
        hasFailed = view.lastFailed
        problem = view.brokenAt.map { words["retention_broken", ["id": $0]] }
        certificates = view.certificates.map { one in
            Certificate(
                id: one.id, at: format.moment(one.at), what: name(one.rule),
                agency: one.agency.map { agencies[$0] ?? $0.text } ?? words["retention_all_agencies"],
                count: words["retention_count", ["items": "\(one.items)", "subjects": "\(one.subjects)"]],
                cutoff: day(one.cutoff),
                by: ["schedule", "command line"].contains(one.account)
                    ? words["retention_by_\(one.account == "schedule" ? "schedule" : "command")"] : one.account)
        }
        download = view.certificates.isEmpty ? nil : Paths.Staff.certificates
    }
}
