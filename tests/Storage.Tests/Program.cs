using Dwapi.Storage.Tests.Crashes;
using Xunit.Runner.InProc.SystemConsole;

return args is [CrashChild.Verb, ..] ? await CrashChild.Run(args[1..]) : await ConsoleRunner.Run(args);
