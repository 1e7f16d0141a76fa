import Analytics
import Testing
