internal import CCurl
internal import Foundation

/// Asks another site for a page, on a thread of its own: libcurl blocks.
enum WebPage {
    private static let queue = DispatchQueue(label: "throughline.web", attributes: .concurrent)

    /// Nil when it can't be had, is larger than 4 MiB, or takes longer than 30 seconds. Refusals with a body (4xx) are
    /// given out: they say why.
    static func fetch(_ url: String, key: String) async -> [UInt8]? {
        await withCheckedContinuation { waiting in
            queue.async { waiting.resume(returning: get(url, key)) }
        }
    }

    private static func get(_ url: String, _ key: String) -> [UInt8]? {
        guard let connection = CurlHandle() else { return nil }
        let handle = connection.pointer
        let sink = CurlSink(limit: 4 << 20)
        return withExtendedLifetime((connection, sink)) {
            var headers: UnsafeMutablePointer<curl_slist>?
            headers = curl_slist_append(headers, "Authorization: Bearer \(key.filter { !$0.isNewline })")
            headers = curl_slist_append(headers, "Accept: application/json")
            defer { curl_slist_free_all(headers) }
            _ = curl_set_text(handle, CURLOPT_URL, url)
            _ = curl_set_text(handle, CURLOPT_PROTOCOLS_STR, "http,https")
            _ = curl_set_list(handle, CURLOPT_HTTPHEADER, headers)
            _ = curl_set_long(handle, CURLOPT_NOSIGNAL, 1)
            _ = curl_set_long(handle, CURLOPT_CONNECTTIMEOUT, 10)
            _ = curl_set_long(handle, CURLOPT_TIMEOUT, 30)
            sink.attach(to: handle)
            guard curl_easy_perform(handle) == CURLE_OK else { return nil }
            return sink.bytes
        }
    }
}
