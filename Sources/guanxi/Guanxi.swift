import App
import ArgumentParser
@main struct Guanxi: ParsableCommand { func run() { print("guanxi") } }
