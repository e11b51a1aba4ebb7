extension Migration {
    /// Webhooks can be paused, and their secret changed: the sealed bytes then hold the new secret and the one before,
    /// which stays good for a day.
    static let webhooks = Migration(number: 11, title: "webhooks paused and rotated") { _ in
        [
            "ALTER TABLE webhook ADD COLUMN paused_at BIGINT",
            "ALTER TABLE webhook ADD COLUMN rotated_at BIGINT",
        ]
    }
}
