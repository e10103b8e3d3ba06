using System.Globalization;
using Dwapi.Grains.Settings;
using Dwapi.Grains.State;
using Microsoft.Extensions.Options;

namespace Dwapi.Grains.Printing;

/// <inheritdoc cref="IPrintDayGrain" />
internal sealed class PrintDayGrain : Grain, IPrintDayGrain
{
    private readonly IPersistentState<PrintDayData> _state;
    private readonly GatheredWrites<PrintDayData> _writes;
    private readonly PrintingOptions _options;
    private readonly TimeProvider _time;
    private PrintingQuota? _quota;

    public PrintDayGrain(
        [PersistentState("printDay", StateStorage.Provider)] IPersistentState<PrintDayData> state, IOptions<PrintingOptions> options, TimeProvider time)
    {
        _state = state;
        _writes = new GatheredWrites<PrintDayData>(state, DeactivateOnIdle);
        _options = options.Value;
        _time = time;
    }

    /// <inheritdoc />
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var (tenant, name) = TenantKey.Split(this.GetPrimaryKeyString());
        _quota = _options.QuotasOf(tenant).FirstOrDefault(quota => quota.Name == name);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public async Task<string> Take(string jobId)
    {
        var today = Today();
        if (_quota is null || today.Jobs.Contains(jobId))
            return "";
        if (PrintRules.DayRefusal(_quota, today.Jobs.Count, today.Seconds.Values.Sum(), Midnight()) is { Length: > 0 } refusal)
            return refusal;
        today.Jobs.Add(jobId);
        await _writes.Write();
        return "";
    }

    /// <inheritdoc />
    public Task Return(string jobId) => Today().Jobs.Remove(jobId) ? _writes.Write() : Task.CompletedTask;

    /// <inheritdoc />
    public Task Charge(string jobId, double seconds)
    {
        var today = Today();
        if (today.Seconds.TryGetValue(jobId, out var known) && known.Equals(seconds))
            return Task.CompletedTask;
        today.Seconds[jobId] = seconds;
        return _writes.Write();
    }

    private PrintDayData Today()
    {
        var day = _time.GetLocalNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        if (_state.State.Day == day)
            return _state.State;
        _state.State.Day = day;
        _state.State.Jobs.Clear();
        _state.State.Seconds.Clear();
        return _state.State;
    }

    // The next one; a day with a change of the clock is longer or shorter.
    private DateTimeOffset Midnight()
    {
        var next = _time.GetLocalNow().Date.AddDays(1);
        return new DateTimeOffset(next, _time.LocalTimeZone.GetUtcOffset(next));
    }
}
