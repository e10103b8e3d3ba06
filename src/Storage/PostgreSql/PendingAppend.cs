using Dwapi.Grains.Ports;

namespace Dwapi.Storage.PostgreSql;

/// <summary>An append that waits for its lane.</summary>
internal sealed class PendingAppend(AppendRequest request, CancellationToken cancellationToken)
{
    // Asynchronously: a caller that went on inside the lane would make the next batch wait.
    private readonly TaskCompletionSource<AppendResult> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public AppendRequest Request { get; } = request;

    /// <summary>What the transaction made of it; the caller learns it when the transaction is durable.</summary>
    public AppendResult? Result { get; set; }

    public Task<AppendResult> Completion => _completion.Task;

    /// <summary>The device, of which a batch holds one request only.</summary>
    public (string Tenant, string Service) Device => (Request.Tenant, Request.ServiceId);

    public void Complete() => _completion.TrySetResult(Result!);

    public void Fail(Exception reason) => _completion.TrySetException(reason);

    /// <summary>True when the caller went away before the request was taken; it has its answer then.</summary>
    public bool TryCancel() => cancellationToken.IsCancellationRequested && _completion.TrySetCanceled(cancellationToken);
}
