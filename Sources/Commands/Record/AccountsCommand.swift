internal import ArgumentParser
internal import Experience
internal import Foundation
internal import Storage

/// The operator's way in where the pages lead nowhere: the only administrator lost phone and recovery codes.
struct AccountsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "accounts", abstract: "List accounts, and reset a second factor that was lost.",
        subcommands: [AccountsList.self, AccountsReset.self])
}

struct AccountsList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List accounts: name, role, agency, whether there is a second factor.")

    @OptionGroup var data: DataPlace

    func run() async throws {
        try await reportingFailures {
            try await data.onRecord { record in
                let accounts = record.accounts
                let standings = try await accounts.standings()
                for account in try await accounts.all() {
                    let factor = standings[account.id]?.hasSecondFactor == true ? "two-step" : "password"
                    let state = account.isDisabled ? "closed" : "active"
                    print(
                        "\(account.name)  \(account.role.rawValue)  \(account.agency?.text ?? "all")  \(factor)  \(state)"
                    )
                }
            }
        }
    }
}

struct AccountsReset: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reset-second-factor",
        abstract: "Take a lost second factor away from an account; its sessions end.",
        discussion: "Make sure first that it is the person who asks. The password stays as it is.")

    @Argument(help: "The user name.")
    var name: String

    @OptionGroup var data: DataPlace

    func run() async throws {
        try await reportingFailures {
            try await data.onRecord { record in
                let accounts = record.accounts
                guard let account = try await accounts.all().first(where: { $0.name == name.lowercased() }) else {
                    throw CommandFailure.usage("there is no account “\(name.prefix(128))”; see accounts list.")
                }
                guard try await accounts.secondFactor(of: account.id) != nil else {
                    throw CommandFailure.usage("this account has no second factor; see accounts list.")
                }
                try await accounts.resetSecondFactor(of: account.id, by: "command line")
                print("Reset. \(account.name) signs in with the password alone until a second factor is set up again.")
            }
        }
    }
}
