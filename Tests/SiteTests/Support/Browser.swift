import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Synchronization

/// A browser in a few lines: keeps cookies between requests and finds the form token of the last page.
final class Browser: Sendable {
    struct Page: Sendable {
        var status: Int
        var headers: HTTPFields
        var body: String
        var location: String? { headers[.location] }
    }

    private let client: any TestClientProtocol
    private let jar = Mutex<[String: String]>([:])
    private let lastToken = Mutex("")

    init(_ client: any TestClientProtocol) { self.client = client }

    var cookies: [String: String] { jar.withLock { $0 } }
    var token: String { lastToken.withLock { $0 } }
    func set(cookie: String, _ value: String) { jar.withLock { $0[cookie] = value } }

    func get(_ path: String, _ headers: HTTPFields = [:]) async throws -> Page {
        try await send(path, .get, headers, nil)
    }

    /// Posts fields with the token of the last page, unless another is given.
    func post(
        _ path: String, _ fields: [(String, String)], token: String? = nil, headers: HTTPFields = [:]
    ) async throws -> Page {
        let all = fields + [("form_token", token ?? self.token)]
        let body = all.map { "\(Browser.escape($0.0))=\(Browser.escape($0.1))" }.joined(separator: "&")
        var headers = headers
        headers[.contentType] = "application/x-www-form-urlencoded"
        return try await send(path, .post, headers, body)
    }

    /// Posts a form with files, as a browser does.
    func post(
        _ path: String, _ fields: [(String, String)], files: [(name: String, fileName: String, content: String)]
    ) async throws -> Page {
        var body = ""
        for (name, value) in fields + [("form_token", token)] {
            body += "--XX\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n"
        }
        for file in files {
            body += "--XX\r\nContent-Disposition: form-data; name=\"\(file.name)\"; filename=\"\(file.fileName)\"\r\n"
            body += "Content-Type: application/octet-stream\r\n\r\n\(file.content)\r\n"
        }
        return try await send(path, .post, [.contentType: "multipart/form-data; boundary=XX"], body + "--XX--\r\n")
    }

    func send(_ path: String, _ method: HTTPRequest.Method, _ headers: HTTPFields, _ body: String?) async throws -> Page
    {
        var headers = headers
        let kept = cookies
        if !kept.isEmpty { headers[.cookie] = kept.map { "\($0.key)=\($0.value)" }.joined(separator: "; ") }
        let page = try await client.execute(
            uri: path, method: method, headers: headers, body: body.map { ByteBuffer(string: $0) }
        ) { response in
            Page(status: Int(response.status.code), headers: response.headers, body: String(buffer: response.body))
        }
        for cookie in page.headers[values: .setCookie] {
            let pair = cookie.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            jar.withLock { $0[String(pair[0])] = pair.count > 1 ? String(pair[1]) : "" }
        }
        if let token = page.body.between("name=\"form_token\" value=\"", "\"") { lastToken.withLock { $0 = token } }
        return page
    }

    static func escape(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? text
    }
}

extension String {
    func between(_ start: String, _ end: String) -> String? {
        guard let first = range(of: start), let last = range(of: end, range: first.upperBound..<endIndex) else {
            return nil
        }
        return String(self[first.upperBound..<last.lowerBound])
    }

    func all(between start: String, and end: String) -> [String] {
        var found: [String] = []
        var rest = Substring(self)
        while let first = rest.range(of: start), let last = rest.range(of: end, range: first.upperBound..<rest.endIndex)
        {
            found.append(String(rest[first.upperBound..<last.lowerBound]))
            rest = rest[last.upperBound...]
        }
        return found
    }
}

/// Runs requests against a sample site's router.
func withBrowser(
    _ sample: SampleSite = SampleSite(), _ body: @Sendable @escaping (Browser, SampleSite) async throws -> Void
) async throws {
    let application = try sample.application()
    try await application.test(.router) { client in try await body(Browser(client), sample) }
}
