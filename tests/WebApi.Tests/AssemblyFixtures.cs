using Dwapi.WebApi.Tests.Hosting;

[assembly: AssemblyFixture(typeof(SharedHost))]
