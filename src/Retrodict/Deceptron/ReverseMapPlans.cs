using System.Numerics;
using Retrodict.Autodiff;
using Retrodict.Numerics;
using Retrodict.Solvers;

namespace Retrodict;

/// <summary>A reverse map and products with its Jacobian, compiled when first asked for and shared by the solves of a session.</summary>
internal abstract class ReverseMapPlans
{
    public static ReverseMapPlans Compile(ReverseMap map, ThreadTeam? team) =>
        map.Precision == Precision.Float64 ? new ReverseMapPlans<double>(map, team) : new ReverseMapPlans<float>(map, team);

    /// <summary>The memory of one solve at a time.</summary>
    public abstract ReverseMapRun NewRun();
}

/// <inheritdoc/>
/// <typeparam name="T">The element type of evaluations.</typeparam>
internal sealed class ReverseMapPlans<T> : ReverseMapPlans
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Lazy<Plan<T>> _map;
    private readonly Lazy<Plan<T>> _product;
    private readonly Lazy<Plan<T>> _gainProduct;
    private readonly Lazy<Plan<T>> _jacobian;
    private readonly Lazy<Plan<T>> _gainJacobian;

    public ReverseMapPlans(ReverseMap map, ThreadTeam? team)
    {
        var options = new PlanOptions { Team = team };
        Function gain = map.Gain ?? map.Map;
        _map = new(() => map.Map.Compile<T>(options));
        _product = new(() => Product(map.Map).Compile<T>(options));
        _gainProduct = map.Gain is null ? _product : new(() => Product(gain).Compile<T>(options));
        _jacobian = new(() => map.Map.Jacobian().Compile<T>(options));
        _gainJacobian = map.Gain is null ? _jacobian : new(() => gain.Jacobian().Compile<T>(options));
    }

    public override ReverseMapRun NewRun() => new PlannedRun(this);

    /// <summary>(s, v) to J v alone.</summary>
    private static Function Product(Function map)
    {
        Function jvp = map.Jvp();
        return Function.Trace(
            [.. jvp.Inputs.Select(input => (input.Name, input.Shape))], inputs =>
                [("product", jvp.Apply(inputs[0], inputs[1])[1])], map.Name);
    }

    private sealed class PlannedRun(ReverseMapPlans<T> plans) : ReverseMapRun
    {
        private Workspace<T>? _map;
        private Workspace<T>? _product;
        private Workspace<T>? _gainProduct;

        public override void Evaluate(ReadOnlySpan<double> observation, Span<double> unknown) =>
            Compute(_map ??= plans._map.Value.Rent(), observation, default, unknown);

        public override void Times(ReadOnlySpan<double> observation, ReadOnlySpan<double> tangent, Span<double> product) =>
            Compute(_product ??= plans._product.Value.Rent(), observation, tangent, product);

        public override void GainTimes(ReadOnlySpan<double> observation, ReadOnlySpan<double> tangent, Span<double> product) =>
            Compute(_gainProduct ??= plans._gainProduct.Value.Rent(), observation, tangent, product);

        public override void Jacobian(ReadOnlySpan<double> observation, Span<double> jacobian)
        {
            using Workspace<T> workspace = plans._jacobian.Value.Rent();
            Compute(workspace, observation, default, jacobian);
        }

        public override void GainJacobian(ReadOnlySpan<double> observation, Span<double> jacobian)
        {
            using Workspace<T> workspace = plans._gainJacobian.Value.Rent();
            Compute(workspace, observation, default, jacobian);
        }

        private static void Compute(Workspace<T> workspace, ReadOnlySpan<double> first, ReadOnlySpan<double> second, Span<double> result)
        {
            PrecisionConversion.Convert(first, workspace.Input(0));
            if (!second.IsEmpty)
            {
                PrecisionConversion.Convert(second, workspace.Input(1));
            }

            workspace.Run();
            PrecisionConversion.Convert(workspace.Output(0), result);
        }
    }
}
