// swift-tools-version:6.2
import PackageDescription

let package = Package(
  name: "models",
  dependencies: [.package(name: "guanxi", path: "../..")],
  targets: [
    .executableTarget(
      name: "ModelBench", dependencies: [.product(name: "Analytics", package: "guanxi")],
      swiftSettings: [.treatAllWarnings(as: .error), .enableUpcomingFeature("ExistentialAny")])
  ],
  swiftLanguageModes: [.v6]
)
