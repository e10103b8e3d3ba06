using Dwapi.Edge;
using Dwapi.Edge.Commands;
using Dwapi.Edge.Configuration;
using Dwapi.Tests;
using Microsoft.Extensions.Configuration;

namespace Dwapi.Deploy.Tests.Edges;

/// <summary>deploy/systemd: the unit is one that systemd takes, and what it says of the edge is true.</summary>
public sealed class EdgeUnitTests : IDisposable
{
    private static readonly string Folder = Path.Combine(Repository.Root, "deploy", "systemd");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("dwapi-unit-");
    private readonly string[] _unit = File.ReadAllLines(Path.Combine(Folder, "dwapi-edge.service"));

    [Fact]
    public async Task Unit_IsOneThatSystemdTakes()
    {
        // Without its program, which is not installed here.
        var unit = Path.Combine(_folder.FullName, "dwapi-edge.service");
        await File.WriteAllLinesAsync(unit, _unit.Select(static l => l.StartsWith("ExecStart=", StringComparison.Ordinal) ? "ExecStart=/bin/true" : l), TestContext.Current.CancellationToken);

        var (exit, output, errors) = await Tool.Run("systemd-analyze", null, "verify", "--man=no", unit);

        Assert.Equal("", output + errors);
        Assert.Equal(0, exit);
    }

    [Fact]
    public void Command_IsOneOfTheEdge()
    {
        var command = Values("ExecStart").Single().Split(' ', 2);

        Assert.EndsWith("/dwapi-edge", command[0], StringComparison.Ordinal);
        Assert.Empty(EdgeCommand.Create().Parse(command[1]).Errors);
    }

    [Fact]
    public void Configuration_WithTheEnvironmentOfTheUnit_IsComplete()
    {
        var key = Path.Combine(_folder.FullName, "edge.key");
        File.WriteAllText(key, "key\n");

        var options = EdgeConfiguration.Load(Path.Combine(Folder, "edge.json"));
        new ConfigurationBuilder()
            .AddInMemoryCollection(Values("Environment").Select(static e => e.Split('=')).Select(e => KeyValuePair.Create(e[0][EdgeConfiguration.Prefix.Length..], (string?)e[1].Replace("%d", _folder.FullName, StringComparison.Ordinal))))
            .Build()
            .Bind(options, static binder => binder.ErrorOnUnknownConfiguration = true);

        Assert.Equal(key, options.KeyFile);
        Assert.Equal("key", EdgeOptionsCheck.Link(options).Key);
        Assert.NotNull(EdgeOptionsCheck.Zone(options));
        Assert.Equal("%S/" + Values("StateDirectory").Single(), options.DataDirectory);
    }

    [Fact]
    public void WrongSettings_AreNotTriedAgain_AndAnOutboxIs()
    {
        var ends = Values("RestartPreventExitStatus").Single().Split(' ').Select(static end => int.Parse(end, System.Globalization.CultureInfo.InvariantCulture)).ToList();

        Assert.Contains(ExitCode.Configuration, ends);
        Assert.DoesNotContain(ExitCode.Outbox, ends);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private IEnumerable<string> Values(string setting) =>
        _unit.Where(l => l.StartsWith(setting + "=", StringComparison.Ordinal)).Select(l => l[(setting.Length + 1)..]);
}
