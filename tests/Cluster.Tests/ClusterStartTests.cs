using Dwapi.EndToEnd.Tests.Faults;
using Dwapi.Tests.PostgreSql;
using Npgsql;

namespace Dwapi.Cluster.Tests;

/// <summary>A process that cannot join its cluster says in one line why.</summary>
public sealed class ClusterStartTests
{
    [Theory]
    [InlineData("silo")]
    [InlineData("web")]
    [InlineData("silo,web")]
    public async Task DatabaseThatIsNotThere_IsOneLineThatNamesTheSettingAndNoPassword(string roles)
    {
        var line = await Refusal(roles, "--ConnectionStrings:Dwapi=Host=127.0.0.1;Port=1;Username=dwapi;Database=ward;Password=open-sesame");

        Assert.Contains("ward on 127.0.0.1", line, StringComparison.Ordinal);
        Assert.Contains("ConnectionStrings:Dwapi", line, StringComparison.Ordinal);
        Assert.DoesNotContain("sesame", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("silo")]
    [InlineData("web")]
    public async Task NewerSchema_IsOneLineThatSaysSo(string roles)
    {
        var database = await PrivatePostgreSql.NewSchema();
        await using (var source = NpgsqlDataSource.Create(database + ";Pooling=false"))
        {
            await using var newer = source.CreateCommand(
                "CREATE TABLE migration (number integer PRIMARY KEY, name text NOT NULL, applied_at bigint NOT NULL); INSERT INTO migration VALUES (999, 'x', 0)");
            await newer.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        Assert.Contains("has schema 999", await Refusal(roles, "--ConnectionStrings:Dwapi=" + database), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("silo")]
    [InlineData("web")]
    public async Task RoleWithoutACluster_IsOneLineThatNamesTheSetting(string roles)
    {
        Assert.Contains("ConnectionStrings:Dwapi", await Refusal(roles), StringComparison.Ordinal);
    }

    private static async Task<string> Refusal(string roles, params string[] settings)
    {
        await using var host = new HostProcess();
        var (code, output) = await host.FailToStartAsync(["--Dwapi:Roles=" + roles, .. settings]);
        Assert.Equal(1, code);
        var line = Assert.Single(output.TrimEnd().Split('\n'));
        Assert.StartsWith("dwapi: ", line, StringComparison.Ordinal);
        return line;
    }
}
