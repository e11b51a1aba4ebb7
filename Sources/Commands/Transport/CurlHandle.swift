internal import CCurl
internal import Foundation

/// A libcurl handle that is freed with its owner. libcurl allows one thread at a time: whoever owns a handle uses it on
/// one queue only.
final class CurlHandle: @unchecked Sendable {
    let pointer: UnsafeMutableRawPointer

    /// Process-wide set-up, once, before any handle.
    private static let isReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

    init?() {
        guard CurlHandle.isReady, let pointer = curl_easy_init() else { return nil }
        self.pointer = pointer
    }

    deinit { curl_easy_cleanup(pointer) }
}

/// Bytes that libcurl sends: must outlive the transfer.
final class CurlSource {
    private let bytes: [UInt8]
    private var sent = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    func attach(to handle: UnsafeMutableRawPointer) {
        _ = curl_set_body_source(handle, CURLOPT_READFUNCTION) { place, size, count, context in
            guard let place, let context else { return 0 }
            let source = Unmanaged<CurlSource>.fromOpaque(context).takeUnretainedValue()
            return source.fill(UnsafeMutableRawBufferPointer(start: place, count: size * count))
        }
        _ = curl_set_pointer(handle, CURLOPT_READDATA, Unmanaged.passUnretained(self).toOpaque())
    }

    private func fill(_ buffer: UnsafeMutableRawBufferPointer) -> Int {
        let count = min(buffer.count, bytes.count - sent)
        guard count > 0 else { return 0 }
        bytes.withUnsafeBytes { buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[sent..<sent + count])) }
        sent += count
        return count
    }
}

/// Bytes that libcurl receives, up to a limit; more ends the transfer.
final class CurlSink {
    private(set) var bytes: [UInt8] = []
    private let limit: Int

    init(limit: Int) { self.limit = limit }

    func attach(to handle: UnsafeMutableRawPointer) {
        _ = curl_set_body_function(handle, CURLOPT_WRITEFUNCTION) { place, size, count, context in
            guard let place, let context else { return 0 }
            let sink = Unmanaged<CurlSink>.fromOpaque(context).takeUnretainedValue()
            return sink.take(UnsafeRawBufferPointer(start: place, count: size * count))
        }
        _ = curl_set_pointer(handle, CURLOPT_WRITEDATA, Unmanaged.passUnretained(self).toOpaque())
    }

    private func take(_ buffer: UnsafeRawBufferPointer) -> Int {
        guard bytes.count + buffer.count <= limit else { return 0 }
        bytes.append(contentsOf: buffer)
        return buffer.count
    }
}
