// swift-tools-version: 6.1
import PackageDescription

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

// The engine's sources are seen through links, so that benchmarks use what the product uses, at package access.
let package = Package(
    name: "throughline-benchmarks",
    platforms: [.macOS(.v15)],
    targets: [
        .target(name: "JourneyEngine", swiftSettings: settings),
        .executableTarget(name: "journey-bench", dependencies: ["JourneyEngine"], swiftSettings: settings),
    ]
)
