using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Dwapi.EndToEnd.Tests.Hosts;
using Dwapi.Grains.Settings;
using Dwapi.Silo.Hosting;

namespace Dwapi.EndToEnd.Tests.Applications;

/// <summary>What a person sees who starts the host: closed by default, and one line when it cannot start.</summary>
public sealed class StartTests
{
    private static string Host => typeof(SiloHost).Assembly.Location;

    [Theory]
    [InlineData("--urls", "zork")]
    [InlineData("--Dwapi:Demo", "maybe")]
    [InlineData("--Dwapi:Roles", "cellar")]
    [InlineData("--Dwapi:Roles", "web")]
    [InlineData("--Gotapi:ApprovalTimeout", "00:02:00")]
    [InlineData("--Dwapi:CertificatePath", "/nowhere/tls.pfx", "--urls", "https://127.0.0.1:0")]
    [InlineData("--Gotapi:AprovalTimeout", "00:00:20")]
    [InlineData("--Dwapi:Retention:Atributes", "heart")]
    [InlineData("--Dwapi:Retention:Attributes:pulseOximeterContinous", "30.00:00:00")]
    [InlineData("--Printing:Groups:7b:HoursPerDai", "3")]
    [InlineData("--Tenancy:Tenants:north:Quotas:Devises", "3")]
    [InlineData("--Gotapi:HostNames", "dwapi.example")]
    [InlineData("serve")]
    [InlineData("zork", "--urls", "http://127.0.0.1:0")]
    public async Task WrongSetting_IsOneLineThatNamesIt(params string[] settings)
    {
        var (code, error) = await Run(settings);

        Assert.Equal(1, code);
        Assert.StartsWith("dwapi: ", error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
        Assert.Contains(settings[0].Split(':')[^1].TrimStart('-'), error, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("DataAnnotation", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Decision40_SecondProcessOnTheSameDirectory_IsOneLineThatNamesTheOption()
    {
        await using var first = await RunningHost.Start("Production", demo: false);

        var (code, error) = await Run("--Dwapi:DataDirectory", first.DataDirectory, "--urls", "http://127.0.0.1:0");

        Assert.Equal(1, code);
        Assert.Contains("--Dwapi:DataDirectory", Assert.Single(error.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Decision40_BusyPort_IsOneLineThatNamesTheOption()
    {
        await using var first = await RunningHost.Start("Production", demo: false);

        var (code, error) = await Run("--urls", first.Url.ToString());

        Assert.Equal(1, code);
        Assert.Contains("--urls", Assert.Single(error.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Production_WithNoOtherSetting_HasNoDemoDevicesAndApprovesNobody()
    {
        await using var host = await RunningHost.Start("Production", demo: false, settings: "--Gotapi:ApprovalTimeout=00:00:00.200");
        using var application = new ApplicationClient(host.Url, "http://localhost");
        var clientId = (await application.Expect("GET", "/gotapi/authorization/grant")).GetProperty("clientId").GetString();

        var access = await application.Call("GET", $"/gotapi/authorization/accessToken?clientId={clientId}&scope=health");

        Assert.Equal(7, access.GetProperty("errorCode").GetInt32());
    }

    [Fact]
    public async Task Decision31_TlsAddress_ServesWithTheSelfMadeCertificate()
    {
        await using var host = await RunningHost.Start("Production", "http://127.0.0.1:0;https://127.0.0.1:0", demo: false);
        var tls = host.Urls.First(u => u.StartsWith("https:", StringComparison.Ordinal));
        using var handler = new HttpClientHandler
        {
            ServerCertificateCustomValidationCallback = (_, certificate, _, _) => certificate!.MatchesHostname("127.0.0.1"),
        };
        using var http = new HttpClient(handler);
        http.DefaultRequestHeaders.Add("Origin", "https://ward.example");

        Assert.Contains("Dwapi", await http.GetStringAsync(tls + "/gotapi/availability", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            const UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            foreach (var file in new[] { "tls.pfx", "admin.token", "dwapi.db" })
            {
                Assert.Equal(owner, File.GetUnixFileMode(Path.Combine(host.DataDirectory, file)));
            }
        }
    }

    [Theory]
    [InlineData("tls.crt", "tls.key")]
    [InlineData("tls.pem", "tls.pem")]
    public void CertificatePath_OfPem_IsUsedWithItsKey(string certificateFile, string keyFile)
    {
        var folder = Directory.CreateTempSubdirectory("dwapi-tls-").FullName;
        try
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            using var made = new CertificateRequest("CN=clinic.example", key, HashAlgorithmName.SHA256)
                .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
            File.WriteAllText(Path.Combine(folder, certificateFile), made.ExportCertificatePem() + "\n");
            File.AppendAllText(Path.Combine(folder, keyFile), key.ExportPkcs8PrivateKeyPem() + "\n");

            using var loaded = ServerCertificate.Load(
                new DwapiOptions { CertificatePath = Path.Combine(folder, certificateFile) }, folder, TimeProvider.System);

            Assert.Equal(made.Thumbprint, loaded.Thumbprint);
            Assert.True(loaded.HasPrivateKey);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The real program with these settings and a data directory of its own; its exit code and what it wrote to standard error.</summary>
    private static async Task<(int Code, string Error)> Run(params string[] settings)
    {
        var data = Directory.CreateTempSubdirectory("dwapi-start-").FullName;
        var start = new ProcessStartInfo("dotnet") { RedirectStandardError = true, RedirectStandardOutput = true };
        string[] arguments = ["exec", Host, "--Dwapi:DataDirectory", data, "--environment", "Production", .. settings];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(60));
            await output;
            return (process.ExitCode, await error);
        }
        finally
        {
            process.Kill();
            Directory.Delete(data, recursive: true);
        }
    }
}
