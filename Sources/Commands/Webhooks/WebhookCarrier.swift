internal import CCurl
internal import Foundation

/// Posts to a webhook through libcurl on a thread of its own. Connects to public addresses only, judged by the address
/// libcurl is about to connect to, follows no redirect, and speaks no protocol but HTTP.
package final class WebhookCarrier: Sendable {
    package enum Answer: Hashable, Sendable {
        case answered(status: Int)
        /// The address belongs to a private network, or to none: it is not asked again.
        case privateAddress
        case failed(String)
    }

    private let queue = DispatchQueue(label: "throughline.webhooks")
    private let connection: CurlHandle
    private let allowsPrivate: Bool

    package init(allowsPrivate: Bool) throws {
        guard let connection = CurlHandle() else { throw CommandFailure.unavailable("libcurl could not be started.") }
        self.connection = connection
        self.allowsPrivate = allowsPrivate
    }

    package func post(_ message: WebhookMessage, to url: String) async -> Answer {
        await withCheckedContinuation { waiting in
            queue.async { waiting.resume(returning: self.perform(message, url)) }
        }
    }

    private func perform(_ message: WebhookMessage, _ url: String) -> Answer {
        let handle = connection.pointer
        curl_easy_reset(handle)
        let sink = CurlSink(limit: 64 * 1024)
        var guardian = curl_address_guard(allows_private: allowsPrivate ? 1 : 0, was_refused: 0)
        var headers: UnsafeMutablePointer<curl_slist>?
        for line in [
            "Content-Type: application/json", "User-Agent: Throughline", "webhook-id: \(message.id)",
            "webhook-timestamp: \(message.timestamp)", "webhook-signature: \(message.signature)", "Expect:",
        ] {
            headers = curl_slist_append(headers, line)
        }
        defer { curl_slist_free_all(headers) }
        return withExtendedLifetime(sink) {
            withUnsafeMutablePointer(to: &guardian) { guardian in
                _ = curl_set_text(handle, CURLOPT_URL, url)
                _ = curl_set_text(handle, CURLOPT_PROTOCOLS_STR, allowsPrivate ? "http,https" : "https")
                _ = curl_set_long(handle, CURLOPT_FOLLOWLOCATION, 0)
                _ = curl_set_long(handle, CURLOPT_NOSIGNAL, 1)
                _ = curl_set_long(handle, CURLOPT_CONNECTTIMEOUT, 10)
                _ = curl_set_long(handle, CURLOPT_TIMEOUT, 20)
                // An old connection would not be asked for its address again.
                _ = curl_set_long(handle, CURLOPT_FRESH_CONNECT, 1)
                _ = curl_set_long(handle, CURLOPT_FORBID_REUSE, 1)
                // A proxy from the environment would look the name up and connect out of our sight.
                _ = curl_set_text(handle, CURLOPT_PROXY, "")
                _ = curl_set_list(handle, CURLOPT_HTTPHEADER, headers)
                _ = curl_set_long(handle, CURLOPT_POST, 1)
                _ = curl_set_long(handle, CURLOPT_POSTFIELDSIZE, message.body.utf8.count)
                _ = curl_set_text(handle, CURLOPT_COPYPOSTFIELDS, message.body)
                sink.attach(to: handle)
                guard curl_guard_addresses(handle, guardian) == CURLE_OK else {
                    return .failed("libcurl can't check addresses")
                }
                let code = curl_easy_perform(handle)
                if guardian.pointee.was_refused != 0 { return .privateAddress }
                var status = 0
                _ = curl_get_long(handle, CURLINFO_RESPONSE_CODE, &status)
                // A receiver that says more than anyone reads has answered all the same.
                if code == CURLE_OK || (code == CURLE_WRITE_ERROR && status > 0) { return .answered(status: status) }
                return .failed(String(cString: curl_easy_strerror(code)))
            }
        }
    }
}
