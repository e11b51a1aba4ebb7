internal import Configuration
internal import HummingbirdCore
internal import HummingbirdTLS
internal import NIOSSL

/// A certificate and its key, where the server ends TLS itself.
struct TLSFiles: Sendable {
    var certificate: String
    var key: String

    /// Nil where neither is named.
    init?(_ config: ConfigReader) throws {
        let (certificate, key) = (config.string(forKey: "tls.certificate"), config.string(forKey: "tls.key"))
        guard certificate != nil || key != nil else { return nil }
        guard let certificate, let key else {
            throw CommandFailure.usage("TLS needs both a certificate and its key: --tls-certificate and --tls-key.")
        }
        self.certificate = certificate
        self.key = key
    }

    /// TLS 1.2 and later, with the library's own choice of ciphers.
    func configuration() throws -> TLSConfiguration {
        let chain: [NIOSSLCertificate]
        do { chain = try NIOSSLCertificate.fromPEMFile(certificate) } catch {
            throw CommandFailure.unavailable(
                "the certificate \(certificate) can't be read; it must be a PEM file this program may read.")
        }
        let own: NIOSSLPrivateKey
        do { own = try NIOSSLPrivateKey(file: key, format: .pem) } catch {
            throw CommandFailure.unavailable(
                "the private key \(key) can't be read; it must be a PEM file without a password that this program may read."
            )
        }
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(own))
        configuration.minimumTLSVersion = .tlsv12
        return configuration
    }

    func server(_ base: HTTPServerBuilder = .http1()) throws -> HTTPServerBuilder {
        do { return try .tls(base, tlsConfiguration: try configuration()) } catch let failure as CommandFailure {
            throw failure
        } catch {
            throw CommandFailure.unavailable(
                "the certificate \(certificate) and the key \(key) do not belong together; check both files.")
        }
    }
}
