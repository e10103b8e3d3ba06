using System.Collections.Concurrent;
using Dwapi.Gotapi.Printing;
using Dwapi.Grains.Ports;
using Dwapi.Grains.Printing;
using Dwapi.Grains.Settings;
using Dwapi.Grains.Tests.Runtime;
using Microsoft.Extensions.DependencyInjection;

namespace Dwapi.Grains.Tests.Printing;

/// <summary>Every token that was made for a job is ended, whatever happened to the job meanwhile.</summary>
public sealed class JobTokenTests : IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();
    private readonly Server _server = new();
    private GrainHost _host = null!;
    private TestPrinter _printer = null!;

    public async ValueTask InitializeAsync() => await Start();

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task Token_ThatTheServerRefused_IsEndedBeforeThereIsANewOne()
    {
        await _printer.Print("job-1", PrintJobTrigger.TokenNeeded);
        await _printer.Is("job-1", PrintJobState.Fetching);

        Assert.Equal(["token-1"], _server.Revoked);
        await _printer.Report("job-1", 2, PrintJobTrigger.Failed);
        await Ended("token-1", "token-2");
    }

    [Fact]
    public async Task Token_ThatComesForAJobThatWasStoppedMeanwhile_IsEnded()
    {
        _server.Gate = new TaskCompletionSource();
        await _printer.Order("job-1");
        await _printer.Is("job-1", PrintJobState.Authorizing);
        await _server.Asked.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        await _printer.Job("job-1").Cancel("printer", "");
        Assert.Equal(PrintJobState.Cancelled, (await _printer.Entry("job-1"))!.State);

        _server.Gate.SetResult();

        await Ended("token-1");
    }

    [Fact]
    public async Task Token_OfAJobThatEndsAfterARestart_IsEnded_AndIsNotInTheClear()
    {
        var number = await _printer.Print("job-1", PrintJobTrigger.Fetched);
        await _host.DisposeAsync();
        Assert.All(
            Directory.EnumerateFiles(_directory.Path), file => Assert.Equal(-1, File.ReadAllBytes(file).AsSpan().IndexOf("token-1"u8)));
        await Start();

        await _printer.Report("job-1", number + 1, PrintJobTrigger.Failed);

        await Ended("token-1");
    }

    [Fact]
    public async Task Token_ThatCouldNotBeEnded_IsAfterTheNextRestart()
    {
        var number = await _printer.Print("job-1");
        _server.Away = true;
        await _printer.Report("job-1", number + 1, PrintJobTrigger.Failed);
        await Eventually.Is(() => ValueTask.FromResult(_server.Refused), refused => refused > 0);
        await _host.DisposeAsync();
        Assert.Empty(_server.Revoked);
        _server.Away = false;

        await Start();

        await Ended("token-1");
    }

    private async Task Ended(params string[] tokens) =>
        await Eventually.Is(() => ValueTask.FromResult(_server.Revoked.Order().ToArray()), revoked => revoked.SequenceEqual(tokens));

    private async Task Start()
    {
        _host = await GrainHost.StartIn(
            _directory.Path, services => services.AddSingleton<IContentServerAdapter>(_server), [.. TestPrinter.Models, ("Printing:ContentServers:0:Kind", "oauth")]);
        _printer = await TestPrinter.Connect(_host);
    }

    /// <summary>A content server that counts its tokens.</summary>
    private sealed class Server : IContentServerAdapter
    {
        private int _issued;
        private int _refused;

        public string Kind => "oauth";

        public TaskCompletionSource? Gate { get; set; }

        public bool Away { get; set; }

        public SemaphoreSlim Asked { get; } = new(0);

        public int Refused => Volatile.Read(ref _refused);

        public ConcurrentQueue<string> Revoked { get; } = [];

        public Task<ContentToken> Login(ContentServerOptions server, string printer, CancellationToken cancellationToken) =>
            Task.FromResult(new ContentToken("login", null));

        public async Task<ContentDownload> Issue(ContentServerOptions server, ContentRequest request, CancellationToken cancellationToken)
        {
            Asked.Release();
            if (Gate is { } gate)
                await gate.Task.WaitAsync(cancellationToken);
            return new ContentDownload(new Uri(request.Uri), $"token-{Interlocked.Increment(ref _issued)}", TokenInUrl: false);
        }

        public Task Revoke(ContentServerOptions server, string token, CancellationToken cancellationToken)
        {
            if (Away)
            {
                Interlocked.Increment(ref _refused);
                throw new ContentServerException("it is away.", refused: false);
            }

            Revoked.Enqueue(token);
            return Task.CompletedTask;
        }
    }
}
