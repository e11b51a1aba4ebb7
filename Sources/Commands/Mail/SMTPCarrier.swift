internal import CCurl
internal import Foundation
package import Formats
internal import Storage
internal import Synchronization

/// How one attempt to hand over a mail ended.
package enum MailResult: Hashable, Sendable {
    case accepted
    /// The server may take it later (4xx), or could not be reached.
    case later(String)
    /// The server never will (5xx), or the address is none.
    case refused(String)
}

/// Hands mails to one SMTP server through libcurl, one after the other on a thread of its own; the connection is kept
/// between them.
package final class SMTPCarrier: Sendable {
    private let settings: MailSettings
    private let queue = DispatchQueue(label: "throughline.mail")
    private let connection: CurlHandle

    package init(_ settings: MailSettings) throws {
        self.settings = settings
        guard let connection = CurlHandle() else { throw CommandFailure.unavailable("libcurl could not be started.") }
        self.connection = connection
    }

    package func send(_ mail: MailText) async -> MailResult {
        await withCheckedContinuation { waiting in
            queue.async { waiting.resume(returning: self.hand(over: mail)) }
        }
    }

    private func hand(over mail: MailText) -> MailResult {
        let handle = connection.pointer
        curl_easy_reset(handle)
        let body = CurlSource(mail.bytes)
        return withExtendedLifetime(body) {
            var recipients: UnsafeMutablePointer<curl_slist>?
            recipients = curl_slist_append(nil, "<\(mail.to.address)>")
            defer { curl_slist_free_all(recipients) }
            SMTPCarrier.address(handle, settings)
            _ = curl_set_text(handle, CURLOPT_MAIL_FROM, "<\(mail.from.address)>")
            _ = curl_set_list(handle, CURLOPT_MAIL_RCPT, recipients)
            _ = curl_set_long(handle, CURLOPT_UPLOAD, 1)
            _ = curl_set_long(handle, CURLOPT_CONNECTTIMEOUT, 20)
            _ = curl_set_long(handle, CURLOPT_TIMEOUT, 60)
            body.attach(to: handle)
            let code = curl_easy_perform(handle)
            var status = 0
            _ = curl_get_long(handle, CURLINFO_RESPONSE_CODE, &status)
            return SMTPCarrier.result(code, status)
        }
    }

    /// Where the server is and how to speak to it.
    private static func address(_ handle: UnsafeMutableRawPointer, _ settings: MailSettings) {
        _ = curl_set_text(handle, CURLOPT_URL, settings.url)
        _ = curl_set_text(handle, CURLOPT_PROTOCOLS_STR, "smtp,smtps")
        _ = curl_set_long(handle, CURLOPT_NOSIGNAL, 1)
        let level: Int =
            switch settings.security {
            case .required: 3
            case .offered: 1
            case .off: 0
            }
        _ = curl_set_long(handle, CURLOPT_USE_SSL, level)
        if let file = settings.authorities { _ = curl_set_text(handle, CURLOPT_CAINFO, file) }
        if let user = settings.user { _ = curl_set_text(handle, CURLOPT_USERNAME, user) }
        if let password = settings.password { _ = curl_set_text(handle, CURLOPT_PASSWORD, password) }
    }

    /// Connects, begins TLS and signs in as for a mail, and sends none. Nil when the server let us in. Blocks up to ten
    /// seconds.
    static func reach(_ settings: MailSettings) -> String? {
        guard let connection = CurlHandle() else { return "libcurl could not be started" }
        let handle = connection.pointer
        address(handle, settings)
        _ = curl_set_long(handle, CURLOPT_CONNECT_ONLY, 1)
        _ = curl_set_long(handle, CURLOPT_CONNECTTIMEOUT, 5)
        _ = curl_set_long(handle, CURLOPT_TIMEOUT, 10)
        let code = curl_easy_perform(handle)
        return code == CURLE_OK ? nil : String(cString: curl_easy_strerror(code))
    }

    /// Nothing the server says is repeated: it may hold the address.
    private static func result(_ code: CURLcode, _ status: Int) -> MailResult {
        if code == CURLE_OK { return .accepted }
        let reason = String(cString: curl_easy_strerror(code))
        let said = status > 0 ? "the mail server answered \(status) (\(reason))" : reason
        switch code {
        case CURLE_LOGIN_DENIED, CURLE_PEER_FAILED_VERIFICATION, CURLE_USE_SSL_FAILED, CURLE_SSL_CONNECT_ERROR:
            // Ours to mend, not the message's fault: it waits.
            return .later(said)
        default:
            return (500..<600).contains(status) ? .refused(said) : .later(said)
        }
    }
}
