// swift-tools-version: 6.2
import PackageDescription

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let metrics = Target.Dependency.product(name: "Metrics", package: "swift-metrics")
let tracing = Target.Dependency.product(name: "Tracing", package: "swift-distributed-tracing")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let hummingbirdTLS = Target.Dependency.product(name: "HummingbirdTLS", package: "hummingbird")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let serviceLifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let nio = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioHTTPTypes = Target.Dependency.product(name: "NIOHTTPTypes", package: "swift-nio-extras")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioHTTPTypesHTTP1 = Target.Dependency.product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras")
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")

/// A library of this package.
func library(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies)
}

/// The tests of one library, with their golden files and fixtures left out of the build.
func tests(_ name: String, _ dependencies: [Target.Dependency], files: [String] = []) -> Target {
    .testTarget(name: name, dependencies: dependencies, exclude: files)
}

let package = Package(
    name: "reconcile",
    products: [.executable(name: "reconcile", targets: ["reconcile"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-distributed-tracing", exact: "1.7.3"),
        .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", exact: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", exact: "1.35.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", exact: "2.37.6"),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", exact: "2.1.1"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
    ],
    targets: [
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
        .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CICal", pkgConfig: "libical", providers: [.apt(["libical-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),

        library("JSON"),
        library("ReconcileModel", ["JSON"]),
        library("ZoneData", ["ReconcileModel"]),
        library("Recurring", ["CICal", "ReconcileModel", "ZoneData"]),
        library("Planning", ["ReconcileModel", "Recurring"]),
        library("Rendering", ["JSON", "ReconcileModel", "Recurring", "ZoneData"]),
        library("ConfigLoading", ["CYAML", "JSON", "ReconcileModel", "ZoneData"]),
        library("Transport", ["CCurl", "ReconcileModel", httpTypes, logging, metrics, tracing]),
        library("Signing", ["COpenSSL", "JSON"]),
        library("NotionAPI", ["JSON", "ReconcileModel", "Transport", httpTypes]),
        library("CalendarAPI", ["JSON", "ReconcileModel", "Recurring", "Signing", "Transport", "ZoneData", httpTypes]),
        library("LinkStorage", ["JSON", "ReconcileModel", grdb]),
        library("Mapping", ["JSON", "NotionAPI", "ReconcileModel", "Recurring", "Signing", "ZoneData"]),
        library(
            "Observing",
            ["CalendarAPI", "JSON", "Mapping", "NotionAPI", "ReconcileModel", "Recurring", logging, tracing]
        ),
        library(
            "Applying",
            ["CalendarAPI", "LinkStorage", "Mapping", "NotionAPI", "Observing", "ReconcileModel", logging, tracing]
        ),
        library("Telemetry", ["JSON", "ReconcileModel", "Transport", httpTypes, logging, metrics, tracing]),
        library(
            "Reconciling",
            [
                "Applying", "CalendarAPI", "LinkStorage", "NotionAPI", "Observing", "Planning", "ReconcileModel",
                "Recurring", "Telemetry", "Transport", logging, metrics, tracing,
            ]
        ),
        library(
            "Serving",
            [
                "CZlib", "ConfigLoading", "JSON", "ReconcileModel", "Reconciling", "Recurring", "Rendering", "Signing",
                "Telemetry", "Transport", "ZoneData",
                httpTypes, hummingbird, hummingbirdCore, hummingbirdTLS, logging, metrics, mustache, nio,
                nioHTTP1, nioHTTPTypes, nioHTTPTypesHTTP1, nioSSL, serviceLifecycle, tracing,
            ]
        ),
        library(
            "Emulation",
            ["ReconcileModel", "Recurring", "Signing", "ZoneData", hummingbird, httpTypes, logging, nio]
        ),
        library(
            "ReconcileCommands",
            [
                "ConfigLoading", "Emulation", "LinkStorage", "ReconcileModel", "Reconciling", "Rendering", "Serving",
                "Signing", "Telemetry", "Transport", "ZoneData",
                argumentParser, logging, metrics, serviceLifecycle, tracing,
            ]
        ),
        .executableTarget(name: "reconcile", dependencies: ["ReconcileCommands"]),

        .systemLibrary(name: "CSpawn", path: "Tests/CSpawn"),
        .target(
            name: "TestSupport",
            dependencies: ["CSpawn", "ReconcileModel"],
            path: "Tests/TestSupport",
            exclude: ["Fixtures"]
        ),
        .executableTarget(
            name: "benchmark",
            dependencies: [
                "CalendarAPI", "Emulation", "JSON", "NotionAPI", "ReconcileModel", "Rendering", "TestSupport",
                "Transport",
                "reconcile", httpTypes,
            ],
            path: "Tests/Benchmarks"
        ),
        tests("JSONTests", ["JSON", "TestSupport"]),
        tests("ReconcileModelTests", ["ReconcileModel", "TestSupport"]),
        tests("ZoneDataTests", ["ReconcileModel", "TestSupport", "ZoneData"]),
        tests("RecurringTests", ["ReconcileModel", "Recurring", "ZoneData"], files: ["Fixtures"]),
        tests(
            "PlanningTests",
            [
                "ConfigLoading", "Mapping", "NotionAPI", "Observing", "Planning", "ReconcileModel", "Recurring",
                "Rendering", "TestSupport", "ZoneData",
            ]
        ),
        tests("RenderingTests", ["ReconcileModel", "Rendering", "TestSupport"], files: ["Goldens"]),
        tests("LinkStorageTests", ["LinkStorage", "ReconcileModel", "TestSupport", grdb]),
        tests("ApplyingTests", ["Applying", "CalendarAPI", "Mapping", "ReconcileModel", "TestSupport", "Transport"]),
        tests("SigningTests", ["JSON", "Signing"], files: ["Fixtures"]),
        tests("TransportTests", ["ReconcileModel", "TestSupport", "Transport", httpTypes, logging]),
        tests("ConfigLoadingTests", ["ConfigLoading", "ReconcileModel"], files: ["Wrong"]),
        tests(
            "NotionAPITests",
            ["JSON", "NotionAPI", "ReconcileModel", "Transport", httpTypes],
            files: ["Fixtures"]
        ),
        tests(
            "MappingTests",
            ["Emulation", "JSON", "Mapping", "NotionAPI", "ReconcileModel", "TestSupport", "ZoneData"],
            files: ["Fixtures", "Goldens"]
        ),
        tests(
            "CalendarAPITests",
            ["CalendarAPI", "JSON", "ReconcileModel", "Signing", "TestSupport", "Transport", httpTypes, logging],
            files: ["Fixtures"]
        ),
        tests(
            "TelemetryTests",
            ["ReconcileModel", "Telemetry", "TestSupport", "Transport", httpTypes, logging, metrics, tracing]
        ),
        tests(
            "ServingTests",
            [
                "ConfigLoading", "ReconcileModel", "Reconciling", "Rendering", "Serving", "Signing", "Telemetry",
                "TestSupport",
                hummingbird, httpTypes, logging, serviceLifecycle,
            ],
            files: ["Goldens"]
        ),
        tests("EmulationTests", ["Emulation", "JSON", "Signing"], files: ["Fixtures"]),
        tests(
            "EndToEndTests",
            [
                "CalendarAPI", "Emulation", "LinkStorage", "ReconcileCommands", "ReconcileModel", "Reconciling",
                "Serving", "Signing", "TestSupport", "Transport", "ZoneData", argumentParser, grdb, httpTypes,
            ],
            files: ["Fixtures", "Goldens"]
        ),
        tests(
            "CrashTests",
            [
                "Emulation", "LinkStorage", "ReconcileCommands", "ReconcileModel", "TestSupport", "Transport",
                httpTypes,
            ],
            files: ["Preload"]
        ),
    ]
)

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]
for target in package.targets where target.type != .system { target.swiftSettings = settings }
