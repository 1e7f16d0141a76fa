// swift-tools-version:6.2
import PackageDescription

let package = Package(
  name: "fuzzing",
  dependencies: [.package(name: "guanxi", path: "..")],
  targets: [
    .executableTarget(
      name: "Fuzz", dependencies: ["CFuzzer", .product(name: "Workings", package: "guanxi")],
      swiftSettings: [.treatAllWarnings(as: .error), .enableUpcomingFeature("ExistentialAny")]),
    .systemLibrary(name: "CFuzzer"),
  ],
  swiftLanguageModes: [.v6]
)
