using Dwapi.Edge.Tests.Outbox;
using Xunit.Runner.InProc.SystemConsole;

// An entry point of our own, because crash tests start this assembly as a child process that kills itself.
return await CrashingChild.IsThisProcessAsync() ? 0 : await ConsoleRunner.Run(args);
