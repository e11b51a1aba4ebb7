/// Passwords everyone tries first, and those made of the name: refused whatever their length (NIST SP 800-63B 5.1.1.2).
enum CommonPasswords {
    static func contains(_ password: String, name: String) -> Bool {
        let plain = password.lowercased()
        if !name.isEmpty, plain.contains(name.lowercased()), plain.count < name.count + 6 { return true }
        // One sign, or two in turn, or a run along the keyboard or the alphabet, repeated to length.
        if Set(plain).count < 5 { return true }
        let bare = plain.filter(\.isLetter)
        return roots.contains { root in
            !bare.isEmpty && bare.replacing(root, with: "").count <= 2 && plain.count - root.count < 10
        }
    }

    private static let roots = [
        "password", "passwort", "contraseña", "letmein", "welcome", "qwertyuiop", "qwerty", "administrator", "admin",
        "iloveyou", "throughline", "changeme", "abcdefghijkl", "government", "monkey", "dragon", "football", "sunshine",
    ]
}
