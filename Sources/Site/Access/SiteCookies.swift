import Hummingbird

/// The site's cookies. All HttpOnly and SameSite; on https with the `__Host-` prefix, which pins them to this
/// host and path. Browsers refuse that prefix on plain http, so the loopback site goes without it.
package struct SiteCookies: Sendable {
    let isSecure: Bool

    package var session: String { name("session") }
    package var visit: String { name("visit") }
    /// Between password and code.
    package var half: String { name("half") }
    /// Tells a browser that signed in before.
    package var device: String { name("device") }

    private func name(_ plain: String) -> String { isSecure ? "__Host-\(plain)" : plain }

    /// Lax, not strict: a link in an e-mail must find the person signed in. Forms carry a token of their own.
    func make(_ name: String, _ value: String, maxAge: Int? = nil) -> Cookie {
        Cookie(name: name, value: value, maxAge: maxAge, path: "/", secure: isSecure, httpOnly: true, sameSite: .lax)
    }

    func clear(_ name: String) -> Cookie { make(name, "", maxAge: 0) }

    func language(_ value: String) -> Cookie {
        Cookie(
            name: LanguageChoice.cookie, value: value, maxAge: 31_536_000, path: "/", secure: isSecure, httpOnly: true,
            sameSite: .lax)
    }
}
