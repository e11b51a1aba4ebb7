import Channels
import Experience
import Hummingbird
import Logging

/// What a malware scanner says of a file.
package enum FileVerdict: Hashable, Sendable {
    case clean
    /// By the scanner's own name for what it found.
    case infected(String)
    /// No verdict, and why: a file without one is never taken.
    case unknown(String)
}

/// Looks into files that people send before they are kept, and again before they are handed out, as scanners learn.
package struct FileScan: Sendable {
    /// Never throws: what goes wrong on the way is ``FileVerdict/unknown(_:)``.
    package var verdict: @Sendable ([UInt8]) async -> FileVerdict

    package init(verdict: @escaping @Sendable ([UInt8]) async -> FileVerdict) { self.verdict = verdict }
}

extension Site {
    /// Asks the scanner about the files of a page that would be taken; those that may not be are taken out again, and
    /// the sheet says why in their place.
    ///
    /// - Returns: the status to answer with when a file was refused; nil when none was.
    func scan(
        _ files: inout [Slug: [UInt8]], of sheet: inout FormSheet, page: FormPage, _ context: SiteContext
    ) async -> HTTPResponse.Status? {
        guard services.scan != nil, !files.isEmpty else { return nil }
        var status: HTTPResponse.Status?
        for question in sheet.visible(on: page) {
            guard let bytes = files[question.id], (try? question.keep(sheet.values[question.id] ?? [])) != nil else {
                continue
            }
            let place = "\(sheet.service.id)/\(sheet.form.id)/\(question.id)"
            guard let refusal = await refusal(of: bytes, place, context) else { continue }
            files[question.id] = nil
            sheet.values[question.id] = [refusal.note]
            // What can't be mended by another file is said first.
            status =
                status == .serviceUnavailable || refusal == .unchecked ? .serviceUnavailable : .unprocessableContent
        }
        return status
    }

    /// Why a file may not pass; nil when it may. A line in the log says which place it was for and what was found,
    /// never the file's name.
    func refusal(of bytes: [UInt8], _ place: String, _ context: SiteContext) async -> RefusedFile? {
        guard let scan = services.scan else { return nil }
        var metadata: Logger.Metadata = [
            "route": "\(context.endpointPath ?? "-")", "place": "\(place)", "bytes": "\(bytes.count)",
        ]
        if let account = context.session?.account.id { metadata["account"] = "\(account)" }
        switch await scan.verdict(bytes) {
        case .clean: return nil
        case .infected(let name):
            metadata["reason"] = "malware"
            metadata["found"] = "\(name)"
            context.logger.warning("refused", metadata: metadata)
            return .infected
        case .unknown(let why):
            metadata["reason"] = "\(why)"
            context.logger.error("a file could not be scanned", metadata: metadata)
            return .unchecked
        }
    }
}
